"""What invented people are made of: common first names, surnames of our own making, addresses, existing banks."""

WOMEN = (
    "Agata", "Agnieszka", "Aldona", "Alicja", "Anna", "Barbara", "Beata", "Bogumiła", "Bożena", "Celina", "Danuta",
    "Dorota", "Elżbieta", "Emilia", "Ewelina", "Grażyna", "Halina", "Irena", "Iwona", "Joanna", "Jolanta", "Justyna",
    "Karolina", "Katarzyna", "Kinga", "Krystyna", "Lidia", "Magdalena", "Małgorzata", "Maria", "Marlena", "Monika",
    "Natalia", "Patrycja", "Paulina", "Renata", "Sylwia", "Teresa", "Urszula", "Wiesława", "Zofia", "Żaneta",
)  # fmt: skip
MEN = (
    "Adam", "Andrzej", "Arkadiusz", "Bartosz", "Bogdan", "Bogusław", "Cezary", "Damian", "Daniel", "Dariusz", "Dawid",
    "Eugeniusz", "Grzegorz", "Henryk", "Ireneusz", "Jacek", "Jarosław", "Jerzy", "Józef", "Kamil", "Kazimierz",
    "Krzysztof", "Leszek", "Łukasz", "Maciej", "Marcin", "Marek", "Mariusz", "Mieczysław", "Mirosław", "Norbert",
    "Paweł", "Piotr", "Przemysław", "Radosław", "Rafał", "Sławomir", "Stanisław", "Tadeusz", "Waldemar", "Wojciech",
    "Zbigniew", "Zdzisław",
)  # fmt: skip
# Those in -ski, -cki and -dzki end in -a for a woman.
SURNAMES = (
    "Barwinek", "Bławatek", "Bodziszek", "Borowiczak", "Brzeżniak", "Brzozownik", "Bukownik", "Bylicki", "Chabrowicz",
    "Chmielnik", "Chrobotek", "Cisowiak", "Czapliniak", "Czeremszak", "Ćmielak", "Dereniak", "Dębiniak", "Dolnicki",
    "Drozdowiak", "Dziewannik", "Dziurawiec", "Gajowniczek", "Gawroniak", "Głogowiak", "Goździkiewicz", "Grabiniak",
    "Grądzki", "Groszkowiak", "Gruszecznik", "Iwiński-Łoza", "Jałowczyk", "Jarzębak", "Jasionek", "Jastrzębnik",
    "Jaworniak", "Jemiołek", "Jeżynowicz", "Kalinowiak", "Kasztelniak", "Klonowiak", "Kłosiński", "Kminkowski",
    "Konwaliński", "Koperkiewicz", "Koszycki", "Krokusiak", "Kruszyniak", "Kulikowiak", "Leśniewczyk", "Leszczyniak",
    "Lipieniak", "Lnicki", "Łabędnik", "Łączniak", "Łęgowik", "Łopianek", "Łozicki", "Łubinowicz", "Maliniak",
    "Miętkiewicz", "Miodunka", "Mleczewski", "Modrzejczyk", "Morwiński", "Nagietek", "Narcyziak", "Niecierpek",
    "Nostrzyk", "Olszaniak", "Olszynek", "Orzeszak", "Osiczyński", "Ostnicki", "Ostrężyński", "Paproćko", "Perkozek",
    "Pierwiosnek", "Piołunek", "Pliszkowiak", "Pokrzywniak", "Powojski", "Poziomkiewicz", "Prawdziwek", "Przylaszczka",
    "Przytulia", "Pszczelarek", "Puszczykowiak", "Rdestowicz", "Remizowski", "Rokitniak", "Rozchodnik", "Rumianek",
    "Rutewka", "Rybitwiak", "Rzeżuchowicz", "Sadownicki", "Sasankiewicz", "Siewczyk", "Sitowiak", "Skowroniak",
    "Słonecznicki", "Smardzewiak", "Sosnowiak", "Szałwiński", "Szarotek", "Szczawiński", "Szuwarek", "Śnieguliczka",
    "Świerkowiak", "Tarninowicz", "Tataraczek", "Topolnik", "Trzcinowicz", "Trzmielak", "Turzycki", "Tymiankowski",
    "Wawrzynkiewicz", "Wiązowiak", "Wiciokrzewski", "Wierzbowiak", "Wikliński", "Wrotyczak", "Wrzosiński", "Zawilec",
    "Ziarnopłonek", "Ziębowicz", "Zimowitek", "Żarnowicz", "Żurawiecki", "Żywokostek",
)  # fmt: skip
# Who comes from abroad, with a passport in place of the PESEL.
FOREIGNER = ("Oksana", "Werbytska-Kalyna")

STREETS = (
    "ul. Brzozowa", "ul. Jarzębinowa", "ul. Kalinowa", "ul. Klonowa", "ul. Krótka", "ul. Lipowa", "ul. Łąkowa",
    "ul. Ogrodowa", "ul. Polna", "ul. Poprzeczna", "ul. Słoneczna", "ul. Szkolna", "ul. Wiśniowa", "ul. Zielona",
)  # fmt: skip
TOWNS = {
    "cistor": [("87-100", "Toruń")],
    "rzyszczewo": [
        ("76-100", "Sławno"), ("76-100", "Bobrowice"), ("76-100", "Rzyszczewo"), ("76-100", "Warszkowo"),
        ("76-100", "Żukowo"),
    ],
}  # fmt: skip
# Sort codes of banks that exist; the accounts behind them do not.
BANKS = {
    "cistor": [
        "10200003", "10500015", "10900004", "11401036", "11602202", "12400001", "16000003", "19401018", "10600018",
        "95110000",
    ],
    "rzyszczewo": ["10200003", "10900004", "11401036", "12400001", "93170002", "93171012"],
}  # fmt: skip
