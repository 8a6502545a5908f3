extension Country {
  /// What badges call countries in the six languages where locales have other words, so that it is read as well: a line each, the
  /// code first.
  static let printedNames = """
    BN|Brunei Darussalam|Brunéi Darussalam|بروني دار السلام|Бруней-Даруссалам|文莱达鲁萨兰国
    BO|Bolivia (Plurinational State of)|Bolivie (État plurinational de)|Bolivia (Estado Plurinacional de)|دولة بوليفيا المتعددة القوميات|Боливия (Многонациональное Государство)|多民族玻利维亚国
    BY|Belarus|Bélarus|Belarús|بيلاروس|Беларусь|白俄罗斯
    CD|Democratic Republic of the Congo|République démocratique du Congo|República Democrática del Congo|جمهورية الكونغو الديمقراطية|Демократическая Республика Конго|刚果民主共和国
    CG|Congo|الكونغو|Конго|刚果
    CI|Côte d’Ivoire|كوت ديفوار|Кот-д’Ивуар|科特迪瓦
    CN|China|Chine|الصين|Китай|中国
    CV|Cabo Verde|كابو فيردي|Кабо-Верде|佛得角
    CZ|Czechia|Tchéquie|Chequia|تشيكيا|Чехия|捷克
    FK|Falkland Islands (Malvinas)|Îles Falkland (Malvinas)|Islas Malvinas (Falkland Islands)|جزر فوكلاند (مالفيناس)|Фолклендские (Мальвинские) острова|福克兰群岛（马尔维纳斯）
    FM|Micronesia (Federated States of)|Micronésie (États fédérés de)|Micronesia (Estados Federados de)|ولايات ميكرونيزيا الموحدة|Микронезия (Федеративные Штаты)|密克罗尼西亚联邦
    GB|United Kingdom|Royaume-Uni|Reino Unido|المملكة المتحدة|Соединенное Королевство|联合王国
    HK|Hong Kong, China|Hong Kong (Chine)|Hong Kong (China)|هونغ كونغ (الصين)|Гонконг (Китай)|中国香港
    IR|Iran (Islamic Republic of)|Iran (République islamique d’)|Irán (República Islámica del)|جمهورية إيران الإسلامية|Иран (Исламская Республика)|伊朗（伊斯兰共和国）
    KG|Kyrgyzstan|Kirghizistan|Kirguistán|قيرغيزستان|Кыргызстан|吉尔吉斯斯坦
    KP|Democratic People’s Republic of Korea|République populaire démocratique de Corée|República Popular Democrática de Corea|جمهورية كوريا الشعبية الديمقراطية|Корейская Народно-Демократическая Республика|朝鲜民主主义人民共和国
    KR|Republic of Korea|République de Corée|República de Corea|جمهورية كوريا|Республика Корея|大韩民国
    LA|Lao People’s Democratic Republic|République démocratique populaire lao|República Democrática Popular Lao|جمهورية لاو الديمقراطية الشعبية|Лаосская Народно-Демократическая Республика|老挝人民民主共和国
    MD|Republic of Moldova|République de Moldova|República de Moldova|جمهورية مولدوفا|Республика Молдова|摩尔多瓦共和国
    MM|Myanmar|ميانمار|Мьянма|缅甸
    MO|Macao, China|Macao (Chine)|Macao (China)|ماكاو (الصين)|Макао (Китай)|中国澳门
    PS|State of Palestine|État de Palestine|Estado de Palestina|دولة فلسطين|Государство Палестина|巴勒斯坦国
    RU|Russian Federation|Fédération de Russie|Federación de Rusia|الاتحاد الروسي|Российская Федерация|俄罗斯联邦
    SY|Syrian Arab Republic|République arabe syrienne|República Árabe Siria|الجمهورية العربية السورية|Сирийская Арабская Республика|阿拉伯叙利亚共和国
    SZ|Eswatini|إسواتيني|Эсватини|斯威士兰
    TL|Timor-Leste|تيمور - ليشتي|Тимор-Лешти|东帝汶
    TR|Türkiye|تركيا|Турция|土耳其
    SH|Saint Helena
    TW|Taiwan, Province of China|Taïwan (province de Chine)|Taiwán (provincia de China)|تايوان (مقاطعة الصين)|Тайвань (провинция Китая)|中国台湾省
    TZ|United Republic of Tanzania|République-Unie de Tanzanie|República Unida de Tanzanía|جمهورية تنزانيا المتحدة|Объединенная Республика Танзания|坦桑尼亚联合共和国
    US|United States of America|États-Unis d’Amérique|Estados Unidos de América|الولايات المتحدة الأمريكية|Соединенные Штаты Америки|美利坚合众国
    VA|Holy See|Saint-Siège|Santa Sede|الكرسي الرسولي|Святой Престол|教廷
    VE|Venezuela (Bolivarian Republic of)|Venezuela (République bolivarienne du)|Venezuela (República Bolivariana de)|جمهورية فنزويلا البوليفارية|Венесуэла (Боливарианская Республика)|委内瑞拉玻利瓦尔共和国
    VN|Viet Nam|فييت نام|Вьетнам|越南
    """
}
