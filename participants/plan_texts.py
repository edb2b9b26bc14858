"""What an IPZS says in every case, by the law and the regulations: where writing one begins. Own words. Pure."""

from datetime import date

from cistor.documents.kinds import STATUTE

# Art. 3 of the statute: what a centre's social reintegration is.
SOCIAL_SCOPE = """\
Zajęcia, które uczą planowania życia i zaspokajania potrzeb własnym staraniem.
Zajęcia, które uczą rozsądnego gospodarowania pieniędzmi.
Wsparcie w powrocie do ról w rodzinie i otoczeniu: spotkania z pracownikiem socjalnym i psychologiem."""
# The same article: vocational reintegration.
VOCATIONAL_SCOPE = """\
Praktyczna nauka zawodu w grupie zajęciowej pod opieką instruktora.
Spotkania z doradcą zawodowym i przygotowanie do szukania pracy.
Pomoc w podjęciu zatrudnienia albo własnej działalności."""
FAMILY_HELP = "Praca socjalna z rodziną we współpracy z ośrodkiem pomocy społecznej, stosownie do jej potrzeb."
# S1 § 4 I; the last sentence S0 II.2.
DUTIES = """\
Uczestniczę w zajęciach wskazanych w programie, w godzinach z harmonogramu.
O przyczynie nieobecności zawiadamiam centrum od razu, a zwolnienie lekarskie doręczam w terminie z regulaminu.
Przestrzegam regulaminu, zasad bezpieczeństwa i higieny oraz trzeźwości.
Współpracuję z pracownikami centrum i mówię im o swojej sytuacji to, co jest potrzebne do programu.
Dbam o powierzone narzędzia, odzież i klucze, za które odpowiadam, i zwracam je po zakończeniu.
Zachowuję w tajemnicy to, czego dowiem się o innych przy zajęciach.
Od razu mówię centrum o podjęciu pracy.
Jeżeli nie mam innego tytułu do ubezpieczenia zdrowotnego, zgłaszam się do pracownika socjalnego ośrodka."""


def starting_texts(regulations: str, since: date | None) -> dict[str, str]:
    """Field of the plan → its first words; `regulations` is the title of the version of the day, "" without one."""
    house = f"; {regulations}, w wersji od {since:%d.%m.%Y}" if regulations and since else ""
    return {
        "basis": f"Art. 12 {STATUTE}{house}.",
        "social_scope": SOCIAL_SCOPE,
        "vocational_scope": VOCATIONAL_SCOPE,
        "family_help": FAMILY_HELP,
        "duties": DUTIES,
    }
