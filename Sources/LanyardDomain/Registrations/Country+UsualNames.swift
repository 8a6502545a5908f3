extension Country {
  /// What people call countries in the six languages beside their short and official names: a line each, the code first.
  static let usualNames = """
    AE|Emirates|Emirates, United Arab|Émirats|Émirats arabes|Emiratos|الإمارات|الامارات العربية|الإمارات المتحدة|ОАЭ|Эмираты|Арабские Эмираты
    BA|Bosnia|Bosnie|البوسنة|Босния
    BN|Brunei|Brunéi|بروناي|Бруней
    BO|Bolivia|Bolivie|بوليفيا|Боливия
    BY|Belorussia|Biélorussie|Bielorrusia|بيلاروسيا|Белоруссия
    CD|DRC|RDC|R.D. Congo|Congo-Kinshasa|Congo (Kinshasa)|RD Congo|الكونغو الديمقراطية|ДРК|ДР Конго|刚果金
    CF|CAR|Centrafrique|RCA|أفريقيا الوسطى|ЦАР
    CG|Congo-Brazzaville|Congo (Brazzaville)|الكونغو برازافيل|Конго-Браззавиль|刚果布
    CH|Suiza|سويسرا|Швейцария
    CI|Ivory Coast|Côte d'Ivoire|Costa de Marfil|ساحل العاج|Берег Слоновой Кости|象牙海岸
    CN|PRC|P.R. China|PR China|Mainland China|RPC|RP Chine|RP China|КНР|中国大陆
    CV|Cape Verde|Cap-Vert|Острова Зелёного Мыса
    CZ|Czechia|Czech Rep.|Tchéquie|Chequia|تشيكيا|Чехия
    DE|BRD|RFA|ФРГ
    DO|Dominican Rep.|الدومينيكان|Доминикана
    FM|Micronesia|Micronésie|Микронезия|ميكرونيزيا
    GB|Britain|U.K|Royaume Uni|Grande-Bretagne|Gran Bretaña|Inglaterra|Angleterre|بريطانيا|بريطانيا العظمى|إنجلترا|المملكة المتحدة|Великобритания|Англия|Британия|英国|英格兰
    HK|Hong Kong|Hong-Kong|هونغ كونغ|Гонконг|香港
    IR|Iran|Irán|إيران|Иран
    KG|Kirghizistan|Kirguistán|Киргизия|قرغيزستان
    KP|North Korea|DPRK|Corée du Nord|RPDC|Corea del Norte|كوريا الشمالية|КНДР|Северная Корея|北朝鲜|北韩
    KR|South Korea|Korea, South|S. Korea|Corée du Sud|Corea del Sur|كوريا الجنوبية|Южная Корея|Республика Корея|南韩
    LA|Laos|لاوس|Лаос|老挝
    MD|Moldova|Moldavie|Moldavia|Молдавия|مولدوفا
    MK|Macedonia|FYROM|Macédoine|مقدونيا|Македония
    MM|Burma|Birmanie|Birmania|بورما|Бирма
    MO|Macau|Macao|ماكاو|Макао|澳门
    NL|Holland|Hollande|Holanda|Netherlands, The|Pays Bas|هولندا|Голландия|Нидерланды|荷兰
    PS|Palestine|Palestina|Palestinian Territory|فلسطين|Палестина
    RU|Russia|Russie|Rusia|روسيا|Россия|РФ
    SA|KSA|K.S.A.|Saudi|Kingdom of Saudi Arabia|Royaume d'Arabie saoudite|السعودية|المملكة السعودية|Королевство Саудовская Аравия|КСА|沙特
    SD|Sudan|Soudan|Sudán|السودان|Судан
    ST|São Tomé|Sao Tome
    SY|Syria|Syrie|Siria|سوريا|سورية|Сирия|叙利亚
    SZ|Swaziland|سوازيلاند|Свазиленд
    TL|East Timor|Timor oriental|تيمور الشرقية|Восточный Тимор
    TR|Turkey|Turquie|Turquía|تركيا|Турция
    TT|Trinidad|Trinité|ترينيداد|Тринидад
    TZ|Tanzania|Tanzanie|Tanzanía|تنزانيا|Танзания
    US|USA|U.S.A|U.S.|United States of America|America|États-Unis d'Amérique|EEUU|EE. UU.|EE.UU.|Estados Unidos de América|أمريكا|الولايات المتحدة الأمريكية|الولايات المتحدة|США|С.Ш.А.|Америка|Соединённые Штаты Америки|美利坚|美国
    VA|Vatican|Holy See|Saint-Siège|Santa Sede|الفاتيكان|Ватикан|Святой Престол|梵蒂冈|教廷
    VE|Venezuela|Vénézuéla|فنزويلا|Венесуэла
    VN|Vietnam|Viet Nam|Viêt Nam|فيتنام|Вьетнам
    """

  /// What states call themselves, folded as names are.
  static let statehood = words(
    """
    kingdom republic state confederation commonwealth principality sultanate duchy grand federation federal emirate
    royaume république état principauté sultanat duché fédération fédérale émirat
    reino república estado confederación principado sultanato gran ducado federación emirato
    دولة مملكة المملكة جمهورية الجمهورية سلطنة إمارة اتحاد الاتحاد كونفدرالية الكونفدرالية
    королевство республика государство княжество султанат великое герцогство федерация конфедерация эмират
    """
  )

  /// What stands between such a word and the name.
  static let particles = words("of de du des d l la le les el del los las da do")
}
