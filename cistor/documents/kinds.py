"""Every kind of paper: its title, the series of its number, its basis in the statute, and who may have the file."""

from dataclasses import dataclass

STATUTE = "ustawy z dnia 13 czerwca 2003 r. o zatrudnieniu socjalnym (Dz.U. z 2025 r. poz. 83)"
WHOLE_STATUTE = "Ustawa z dnia 13 czerwca 2003 r. o zatrudnieniu socjalnym (Dz.U. z 2025 r. poz. 83)"
HEALTH = "ustawy z dnia 27 sierpnia 2004 r. o świadczeniach opieki zdrowotnej finansowanych ze środków publicznych"
DATA = "Art. 6 ust. 1 lit. a i art. 7 rozporządzenia (UE) 2016/679 (RODO)"


@dataclass(frozen=True)
class Kind:
    title: str
    series: str
    basis: str
    # Any of these; a right that reaches only the own rows opens the papers the user has issued.
    rights: tuple[str, ...]
    # Whether it gets a number when issued; printed without one before that, it is a draft.
    numbered: bool = True
    # Of the books: the file stays as issued when somebody it names is erased.
    is_evidence: bool = False


# The code names the template too: templates/documents/<code>.html.
KINDS = {
    "payment_list": Kind("Lista wypłat", "LW", f"Art. 15 {STATUTE}", ("see_lists",), is_evidence=True),
    "payment_order": Kind("Polecenie wypłaty", "PWY", f"Art. 15 {STATUTE}", ("see_lists",), is_evidence=True),
    # What the list says about one person; a draft of it says so itself.
    "benefit_slip": Kind("Pasek świadczenia", "PS", f"Art. 15 {STATUTE}", ("see_lists",), numbered=False),
    "payments_certificate": Kind(
        "Zaświadczenie o wypłaconych świadczeniach", "ZW", f"Art. 15 {STATUTE}", ("see_lists",)
    ),
    # Signed by the participant: without a number it is whole.
    "benefit_application": Kind(
        "Wniosek o wypłatę świadczenia", "WS", f"Art. 15 {STATUTE}", ("enter_account",), numbered=False
    ),
    # Whoever has it sent has to hold it.
    "bailiff_answer": Kind("Odpowiedź dla komornika", "KM", WHOLE_STATUTE, ("answer_bailiff", "send_letter")),
    # Its number ties the signed sheet to the row.
    "deduction_agreement": Kind("Zgoda na potrącenie", "ZP", f"Art. 15 {STATUTE}", ("enter_deduction",)),
    # The reasons, the opinions and the decision; whoever asked reads it on the page of the request.
    "bonus_request": Kind(
        "Wniosek o motywacyjną premię integracyjną", "PM", f"Art. 15 {STATUTE}", ("opine_bonus", "decide_bonus")
    ),
    "refund_application": Kind(
        "Wniosek o refundację z Funduszu Pracy", "RF", f"Art. 15 {STATUTE}", ("see_lists",), is_evidence=True
    ),
    # Filled in and signed by hand: without a number it is whole.
    "attendance_sheet": Kind("Lista obecności", "LO", f"Art. 15 {STATUTE}", ("see_attendance",), numbered=False),
    "person_sheet": Kind("Karta obecności uczestnika", "KO", f"Art. 15 {STATUTE}", ("see_attendance",), numbered=False),
    "attendance_certificate": Kind(
        "Zaświadczenie o obecności na zajęciach", "ZO", WHOLE_STATUTE, ("close_attendance",)
    ),
    "meal_list": Kind("Lista posiłków", "LM", WHOLE_STATUTE, ("see_attendance",), numbered=False),
    "issue_card": Kind(
        "Karta wydanej odzieży, narzędzi i biletów", "KR", WHOLE_STATUTE, ("see_attendance",), numbered=False
    ),
    # What was found out about an absence; what a person asks for in writing is whole without a number.
    "absence_note": Kind("Notatka służbowa o nieobecności", "NS", f"Art. 15 {STATUTE}", ("follow_absence",)),
    "part_day_request": Kind(
        "Prośba o zwolnienie z części zajęć", "PZ", WHOLE_STATUTE, ("mark_attendance",), numbered=False
    ),
    # Free days: asked for and signed by hand; the card is printed as it stands.
    "leave_request": Kind(
        "Wniosek o dni wolne", "DW", f"Art. 15 ust. 6a {STATUTE}", ("follow_absence",), numbered=False
    ),
    "leave_card": Kind("Karta dni wolnych", "KDW", f"Art. 15 ust. 6a {STATUTE}", ("see_attendance",), numbered=False),
    # Referrals: what the person, the office and the centre fill in and sign by hand is whole without a number; an
    # application brings its own.
    "application": Kind(
        "Wniosek o skierowanie do uczestnictwa w zajęciach",
        "W",
        f"Art. 12 {STATUTE}",
        ("enter_application",),
        numbered=False,
    ),
    "opinion": Kind(
        "Opinia pracownika socjalnego", "OP", f"Art. 12 {STATUTE}", ("enter_opinion_from_paper",), numbered=False
    ),
    "referral": Kind(
        "Skierowanie do udziału w zajęciach", "SK", f"Art. 12 {STATUTE}", ("enter_opinion_from_paper",), numbered=False
    ),
    "registration": Kind("Formularz zgłoszeniowy", "FZ", f"Art. 1 {STATUTE}", ("see_file",), numbered=False),
    "income": Kind("Oświadczenie o dochodzie", "OD", f"Art. 1 {STATUTE}", ("see_file",), numbered=False),
    "statements": Kind("Oświadczenia kandydata", "OK", f"Art. 1 {STATUTE}", ("see_file",), numbered=False),
    "insurance_statement": Kind(
        "Oświadczenie o ubezpieczeniu zdrowotnym",
        "OU",
        "Ustawa z dnia 27 sierpnia 2004 r. o świadczeniach opieki zdrowotnej finansowanych ze środków publicznych",
        ("see_file",),
        numbered=False,
    ),
    "indicator_consent": Kind("Zgoda na podanie danych do wskaźników", "ZD", DATA, ("see_file",), numbered=False),
    "followup_consent": Kind(
        "Zobowiązanie do informacji o sytuacji po zakończeniu udziału", "ZS", DATA, ("see_file",), numbered=False
    ),
    "image_consent": Kind(
        "Zgoda na wykorzystanie wizerunku",
        "WZ",
        f"Art. 81 ustawy z dnia 4 lutego 1994 r. o prawie autorskim i prawach pokrewnych; {DATA[0].lower()}{DATA[1:]}",
        ("see_file",),
        numbered=False,
    ),
    "interview": Kind("Kwestionariusz wywiadu", "KW", f"Art. 12 {STATUTE}", ("see_file",), numbered=False),
    "medical_referral": Kind("Skierowanie na badania lekarskie", "SB", WHOLE_STATUTE, ("see_file",), numbered=False),
    "monitoring_statement": Kind(
        "Oświadczenie dotyczące monitoringu",
        "OM",
        "Art. 13 rozporządzenia (UE) 2016/679 (RODO)",
        ("see_file",),
        numbered=False,
    ),
    "safety_card": Kind("Karta szkolenia BHP", "BHP", WHOLE_STATUTE, ("see_file",), numbered=False),
    # Each for the three lists of a round. With the names stand the reasons, incomes among them; the public copy has
    # neither and is numbered in the same series.
    "ranking": Kind("Lista rankingowa", "LR", f"Art. 12 {STATUTE}", ("prepare_programme", "decide_programme")),
    "public_ranking": Kind("Lista rankingowa bez nazwisk", "LR", f"Art. 12 {STATUTE}", ("see_candidates",)),
    # Printed for the signature and kept in the file: without a number it is whole.
    "ipzs": Kind(
        "Indywidualny program zatrudnienia socjalnego", "IPZS", f"Art. 12 {STATUTE}", ("see_file",), numbered=False
    ),
    "annex": Kind("Aneks do IPZS", "AN", f"Art. 12 {STATUTE}", ("see_file", "decide_programme")),
    "refusal_letter": Kind("Odmowa skierowania do zajęć", "OS", f"Art. 1 i 12 {STATUTE}", ("prepare_letter",)),
    "qualified_letter": Kind("Zawiadomienie o zakwalifikowaniu", "ZK", f"Art. 12 {STATUTE}", ("prepare_letter",)),
    "office_reminder": Kind("Przypomnienie o sprawie skierowania", "PU", f"Art. 12 {STATUTE}", ("prepare_letter",)),
    # The request is filled in from data or by hand, so it is whole without a number.
    "extension_request": Kind(
        "Wniosek albo opinia o przedłużeniu uczestnictwa",
        "WP",
        WHOLE_STATUTE,
        ("prepare_programme", "decide_programme"),
        numbered=False,
    ),
    "extension_decision": Kind(
        "Rozstrzygnięcie o przedłużeniu uczestnictwa", "RP", WHOLE_STATUTE, ("prepare_programme", "decide_programme")
    ),
    # Order: who reads tests and the texts of incidents has these.
    "sobriety_protocol": Kind("Protokół badania trzeźwości", "BT", WHOLE_STATUTE, ("see_diagnosis",)),
    "sobriety_register": Kind("Ewidencja badań trzeźwości", "EB", WHOLE_STATUTE, ("see_diagnosis",), numbered=False),
    # Who gives it hands it over, a stand-in too.
    "reprimand": Kind("Nagana pisemna", "NG", WHOLE_STATUTE, ("see_diagnosis", "decide_attendance")),
    # How a programme ends.
    "termination_decision": Kind(
        "Decyzja o rozwiązaniu IPZS", "DR", f"Art. 13 {STATUTE}", ("prepare_programme", "decide_programme")
    ),
    "certificate": Kind(
        "Zaświadczenie o uczestnictwie w zajęciach", "ZU", WHOLE_STATUTE, ("prepare_programme", "decide_programme")
    ),
    # Letters that a deadline asks for.
    "admission_list": Kind("Lista osób przyjętych", "LP", WHOLE_STATUTE, ("prepare_letter",)),
    "insurance_told": Kind(
        "Informacja o ubezpieczeniu zdrowotnym", "IU", f"Art. 66 ust. 1 {HEALTH}", ("prepare_letter",)
    ),
    "qualification_request": Kind("Wniosek o kwalifikację uczestnika", "WK", WHOLE_STATUTE, ("prepare_letter",)),
    "not_qualified_letter": Kind("Informacja o braku kwalifikacji", "BK", WHOLE_STATUTE, ("prepare_letter",)),
    "early_end_info": Kind("Informacja o rozwiązaniu IPZS", "RI", WHOLE_STATUTE, ("prepare_letter",)),
}
EVIDENCE = [code for code, kind in KINDS.items() if kind.is_evidence]
