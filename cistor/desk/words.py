"""How acts, rows and readings are called on screen. A test finds every one that the program writes down."""

# Acts of the journal.
VERBS = {
    # accounts
    "create_user": "Założono konto",
    "change_user": "Zmieniono konto lub role",
    "set_password": "Zmieniono hasło",
    "activate": "Włączono konto",
    "deactivate": "Wyłączono konto",
    "set_up_second_step": "Ustawiono drugi krok logowania",
    "reset_second_step": "Wyczyszczono drugi krok logowania",
    "renew_recovery_codes": "Wydano nowe kody zapasowe",
    "use_recovery_code": "Zalogowano się kodem zapasowym",
    "add_stand_in": "Dodano zastępstwo",
    "end_stand_in": "Skrócono zastępstwo",
    # centres
    "rate_added": "Dodano stawkę ustawową",
    "day_closed": "Wpisano dzień bez zajęć",
    "day_reopened": "Usunięto dzień bez zajęć",
    "extra_day_added": "Dodano dodatkowy dzień zajęć",
    "extra_day_removed": "Usunięto dodatkowy dzień zajęć",
    "regulations_sealed": "Zamknięto wersję regulaminu",
    "draft_started": "Założono projekt regulaminu",
    "draft_changed": "Zmieniono projekt regulaminu",
    "draft_deleted": "Usunięto projekt regulaminu",
    "regulations_adopted": "Przyjęto wersję regulaminu",
    "regulations_taken_back": "Cofnięto przyjęcie wersji regulaminu",
    "reason_given": "Uzasadniono odstępstwo regulaminu od ustawy",
    # documents
    "document_issued": "Wystawiono dokument",
    "letterhead_adopted": "Ustalono papier firmowy",
    # participants
    "create_participant": "Założono kartę",
    "change_participant": "Zmieniono dane osoby",
    "set_payment_method": "Zapisano sposób wypłaty",
    "set_tax_statement": "Zapisano oświadczenie podatkowe",
    "end_tax_statement": "Zakończono oświadczenie podatkowe",
    "create_group": "Założono grupę",
    "lead_group": "Wyznaczono prowadzącego grupę",
    "end_lead": "Zakończono prowadzenie grupy",
    "join_group": "Przyjęto do grupy",
    "leave_group": "Wypisano z grupy",
    "sign_programme": "Podpisano IPZS",
    "pass_to_main": "Dopuszczono do okresu właściwego",
    "end_programme": "Zakończono program",
    "person_erased": "Usunięto dane osoby",
    # attendance
    "attendance_marked": "Zapisano obecność",
    "attendance_closed": "Zamknięto obecność",
    "correction_asked": "Poproszono o korektę obecności",
    "correction_withdrawn": "Wycofano prośbę o korektę",
    "correction_granted": "Zgodzono się na korektę obecności",
    "correction_refused": "Odmówiono korekty obecności",
    "attendance_sheet_printed": "Wydrukowano listę obecności",
    "attendance_sheets_printed": "Pobrano listy obecności grup",
    # benefits
    "list_counted": "Policzono listę wypłat",
    "list_checked": "Sprawdzono listę wypłat",
    "list_taken_back": "Cofnięto sprawdzoną listę wypłat",
    "list_sent_back": "Zwrócono listę wypłat do poprawy",
    "list_approved": "Zatwierdzono listę wypłat",
    "list_sheet_taken": "Pobrano arkusz listy wypłat",
    "year_sheet_taken": "Pobrano arkusz świadczeń roku",
    "slip_printed": "Wydrukowano pasek świadczenia",
    "slips_printed": "Pobrano paski świadczeń z listy",
    "payments_recorded": "Zapisano wypłatę",
    "payment_returned": "Zapisano zwrot przelewu",
    "payment_repeated": "Zapisano ponowną wypłatę",
    "trials_drafted": "Przygotowano listy za okresy próbne",
    # the demonstration
    "demo_data_made": "Założono dane pokazowe",
}

# In which act a row was changed: the page that did it, or the background job and the command by their own names.
ACTS = {
    "participants:new": "nowa karta",
    "participants:edit": "zmiana danych",
    "participants:sign": "podpisanie IPZS",
    "participants:pass_on": "rozstrzygnięcie okresu próbnego",
    "participants:end": "zakończenie programu",
    "participants:set_method": "sposób wypłaty",
    "participants:set_tax_statement": "oświadczenie podatkowe",
    "participants:end_tax_statement": "koniec oświadczenia podatkowego",
    "participants:join": "przyjęcie do grupy",
    "participants:leave": "wypisanie z grupy",
    "attendance:today": "obecność dnia",
    "attendance:month": "obecność miesiąca",
    "attendance:range": "obecność wielu dni",
    "attendance:close_month": "zamknięcie miesiąca",
    "attendance:ask_correction": "prośba o korektę obecności",
    "attendance:withdraw_correction": "wycofanie prośby o korektę",
    "attendance:decide_correction": "decyzja o korekcie obecności",
    "attendance:print_sheets": "listy obecności grup",
    "benefits:check": "sprawdzenie listy wypłat",
    "benefits:take_back": "cofnięcie listy wypłat",
    "benefits:send_back": "zwrot listy wypłat do poprawy",
    "benefits:approve": "zatwierdzenie listy wypłat",
    "benefits.count_list": "policzenie listy wypłat",
    "benefits:certificate": "zaświadczenie o wypłaconych świadczeniach",
    "benefits:slips": "paski świadczeń",
    "benefits.print_slips": "paski świadczeń",
    "benefits:verify_year": "sprawdzenie roku",
    "benefits.verify_year": "sprawdzenie roku",
    "benefits.draft_trial_lists": "listy za okresy próbne",
    "attendance.print_sheets": "listy obecności grup",
    "jobs.wake": "wznowienie zadań",
    "jobs.sweep": "porządki w zadaniach",
    "accounts.sweep": "porządki w sesjach",
    "documents.sweep": "porządki w plikach",
    "create_admin": "pierwszy administrator",
    "load_presets": "wczytanie regulaminów",
    "demo_data": "dane pokazowe",
}

# What of a participant was opened.
READINGS = {
    "card": "kartę",
    "programme": "program",
    "group": "przynależność do grup",
    "account": "dane do wypłaty",
    "attendance": "obecność",
    "correction": "korektę obecności",
    "attendance_day": "dzień obecności",
    "settlements": "świadczenia",
    "settlement": "rozliczenie",
    "traces": "ślady",
    "payment_list": "plik listy wypłat",
    "benefit_slip": "pasek świadczenia",
    "payments_certificate": "zaświadczenie o wypłaconych świadczeniach",
    "attendance_sheet": "plik listy obecności",
}

# Rows of a participant that have a history.
ROWS = {
    "participants.participant": "dane osoby",
    "participants.paymentmethod": "sposób wypłaty",
    "participants.taxstatement": "oświadczenie podatkowe",
    "participants.membership": "przynależność do grupy",
    "participants.programme": "program",
    "participants.stage": "etap programu",
    "attendance.day": "dzień obecności",
    "attendance.correction": "korekta obecności",
}
CHANGES = {"insert": "Dodano", "update": "Zmieniono", "delete": "Usunięto"}

# Columns whose names in the models are not meant for the screen.
COLUMNS = {
    "group": "grupa",
    "signed_by": "kto podpisał",
    "decided_by": "kto rozstrzygnął",
    "end_decided_by": "kto rozstrzygnął o zakończeniu",
    "marked_by": "kto oznaczył",
    "closed_by": "kto zamknął",
}
# What a person's history need not say: whose it is, keys for searching, moments that stand beside the change itself.
UNSAID = {"id", "participant", "programme", "centre", "marked_at"}
