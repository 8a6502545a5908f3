extension Country {
  /// What countries are called beside the names of this machine's Unicode data: a line each, the code first. They are the
  /// names and official names of ISO 3166-1 in the six languages, as Debian's iso-codes 4.15 has them, in the order of
  /// lists too (`Korea, Republic of`), and what else people write in English.
  static let otherNames = """
    AD|Principality of Andorra|Principauté d'Andorre|Principado de Andorra|إمارة أندورا|Княжество Андорра|安道尔公国
    AE|Объединённые Арабские Эмираты|阿联酋|UAE|U.A.E.
    AF|Islamic Republic of Afghanistan|République islamique d'Afghanistan|República Islámica de Afganistán|جمهوريّة أفغانستان الإسلاميّة|Исламская Республика Афганистан|阿富汗伊斯兰共和国
    AG|Antigua and Barbuda|أنتيغوا و باربودا
    AI|Ангвилла
    AL|Republic of Albania|République d'Albanie|República de Albania|جمهوريّة ألبانيا|Республика Албания|阿尔巴尼亚共和国
    AM|Republic of Armenia|République d'Arménie|República de Armenia|جمهوريّة أرمينيا|Республика Армения|亚美尼亚共和国
    AO|Republic of Angola|République d'Angola|República de Angola|جمهوريّة أنغولا|Республика Ангола|安哥拉共和国
    AQ|القطب الجنوبي|Антарктика
    AR|Argentine Republic|République d'Argentine|República Argentina|الجمهوريّة الأرجنتينيّة|Аргентинская Республика|阿根廷共和国
    AS|Samoa Estadounidense|صاموا الأمريكيّة|Американские Самоа
    AT|Republic of Austria|République d'Autriche|República de Austria|جمهوريّة النّمسا|Австрийская Республика|奥地利共和国
    AX|Åland, Îles|Аландские острова
    AZ|Republic of Azerbaijan|République d'Azerbaïdjan|República de Azerbaiyán|جمهوريّة أذربيجان|Республика Азербайджан|阿塞拜疆共和国
    BA|Bosnia and Herzegovina|البوسنة و الهرسك|Republic of Bosnia and Herzegovina|République de Bosnie et Herzégovine|República de Bosnia y Hercegovina|جمهوريّة البوسنة و الهرسك|Республика Босния и Герцеговина|波斯尼亚和黑塞哥维那共和国
    BD|بنغلادش|孟加拉|People's Republic of Bangladesh|République populaire du Bengladesh|República Popular de Bangladés|جمهوريّة بنغلادش الشّعبيّة|Народная Республика Бангладеш|孟加拉人民共和国
    BE|Kingdom of Belgium|Royaume de Belgique|Reino de Bélgica|مملكة بلجيكا|Королевство Бельгия|比利时王国
    BF|Burquina Faso|بوركينا فاصو
    BG|Republic of Bulgaria|République de Bulgarie|República de Bulgaria|جمهوريّة بلغاريا|Республика Болгария|保加利亚共和国
    BH|Kingdom of Bahrain|Royaume de Bahreïn|Reino de Baréin|مملكة البحرين|Королевство Бахрейн|巴林王国
    BI|Republic of Burundi|République du Burundi|República de Burundi|جمهوريّة بوروندي|Республика Бурунди|布隆迪共和国
    BJ|Republic of Benin|République du Bénin|República de Benín|جمهوريّة بنين|Республика Бенин|贝宁共和国
    BL|Сен-Бартельми|圣巴泰勒米岛
    BM|Islas Bermudas|Бермуды
    BN|Brunei Darussalam|بروناي دار السّلام|Бруней Даруссалам
    BO|Bolivia, Plurinational State of|Plurinational State of Bolivia|Bolivie, état plurinational de|état plurinational de Bolivie|Bolivia, Estado plurinacional de|Estado plurinacional de Bolivia|جمهورية بوليفيا|玻利维亚共和国|Многонациональное Государство Боливия|波利维亚
    BQ|Bonaire, Sint Eustatius and Saba|Bonaire, Saint-Eustache et Saba|Saint-Eustache et Saba Bonaire|Islas BES (Caribe Neerlandés)|بونير وسانت يوستاتيوس وسابا|Бонайре, Синт-Эстатиус и Саба|Синт-Эстатиус и Саба Бонайре|博奈尔、圣尤斯特歇斯岛和萨巴
    BR|Federative Republic of Brazil|République fédérale du Brésil|República Federativa de Brasil|جمهوريّة البرازيل الاتّحاديّة|Федеративная Республика Бразилия|巴西联邦共和国
    BS|Commonwealth of the Bahamas|Commonwealth des Bahamas|Commonwealth de las Bahamas|كومنولث البهاما|Содружество Багамских Островов|巴哈马国|The Bahamas
    BT|Kingdom of Bhutan|Royaume du Bouthan|Reino de Bután|مملكة بوتان|Королевство Бутан|不丹王国
    BV|جزيرة بوفي|Остров Буве|布维群岛
    BW|博兹瓦那|Republic of Botswana|République du Botswana|República de Botsuana|جمهوريّة بوتسوانا|Республика Ботсвана|博兹瓦那共和国
    BY|روسيا البيضاء|Republic of Belarus|République du Bélarus|República de Bielorrusia|جمهوريّة روسيا البيضاء|Республика Беларусь|白俄罗斯共和国
    BZ|بيليز
    CC|Cocos (Keeling), Îles|Îles Cocos (Keeling)|Islas Cocos (Keeling)|جزر الكوكوس|Кокосовые острова|科科斯群岛
    CD|Congo, The Democratic Republic of the|The Democratic Republic of the Congo|République démocratique du Congo|Congo, República Democrática del|الكونغو، جمهوريّة الكونغو الدّيموقراطيّة|Демократическая Республика Конго|刚果民主共和国|DRC|DR Congo|Democratic Republic of the Congo
    CF|中非
    CG|République du Congo|الكونغو|Конго|刚果|Republic of the Congo|República del Congo|جمهوريّة الكونغو|Республика Конго|刚果共和国
    CH|Swiss Confederation|Confédération helvétique|Confederación Suiza|الاتّحاد السّويسري|Швейцарская Конфедерация|瑞士联邦
    CI|Costa de Marfíl|Republic of Côte d'Ivoire|République de Côte d'Ivoire|República de Costa de Marfíl|جمهوريّة ساحل العاج|Республика Кот-д'Ивуар|科特迪瓦共和国|Ivory Coast
    CK|Острова Кука
    CL|Republic of Chile|République du Chili|República de Chile|جمهوريّة تشيلي|Республика Чили|智利共和国
    CM|Republic of Cameroon|République du Cameroun|República del Camerún|جمهوريّة الكاميرون|Республика Камерун|喀麦隆共和国
    CN|China|Chine|الصّين|Китай|中国|People's Republic of China|République populaire de Chine|República Popular China|جمهوريّة الصّين الشّعبيّة|Китайская Народная Республика|中华人民共和国
    CO|Republic of Colombia|République de Colombie|República de Colombia|جمهوريّة كولومبيا|Республика Колумбия|哥伦比亚共和国
    CR|Republic of Costa Rica|République du Costa Rica|República de Costa Rica|جمهوريّة كوستاريكا|Республика Коста-Рика|哥斯达黎加共和国
    CU|Republic of Cuba|République de Cuba|República de Cuba|جمهوريّة كوبا|Республика Куба|古巴共和国
    CV|Republic of Cabo Verde|République du Cap-Vert|República de Cabo Verde|جمهورية الرأس الأخضر|Республика Кабо-Верде|佛得角共和国
    CW|جزر كوراكاو
    CX|Christmas, Île|جزر الكريسماس|Остров Рождества
    CY|Republic of Cyprus|République de Chypre|República de Chipre|جمهوريّة قبرص|Республика Кипр|塞浦路斯共和国
    CZ|Czech Republic|République tchèque|República Checa|جمهوريّة التّشيك|Чешская Республика
    DE|Federal Republic of Germany|République fédérale d'Allemagne|República Federal de Alemania|جمهوريّة ألمانيا الاتّحاديّة|Федеративная Республика Германия|德意志联邦共和国
    DJ|Republic of Djibouti|République de Djibouti|República de Yibuti|جمهوريّة جيبوتي|Республика Джибути|吉布提共和国
    DK|الدّنمارك|Kingdom of Denmark|Royaume du Danemark|Reino de Dinamarca|مملكة الدّنمارك|Королевство Дания|丹麦王国
    DM|Commonwealth of Dominica|Commonwealth de la Dominique|Commonwealth de Dominica|كومنولث دومينيكا|Содружество Доминики|米尼克共和国
    DZ|People's Democratic Republic of Algeria|République algérienne démocratique et populaire|República Democrática Popular de Argelia|الجمهورية الجزائرية الديمقراطية الشعبية|Алжирская Народная Демократическая Республика|阿尔及利亚人民民主共和国
    EC|Republic of Ecuador|République d'Équateur|República del Ecuador|جمهوريّة الإكوادور|Республика Эквадор|厄瓜多尔共和国
    EE|Republic of Estonia|République d'Estonie|República de Estonia|جمهوريّة إستونيا|Эстонская Республика|爱沙尼亚共和国
    EG|Arab Republic of Egypt|République arabe d'Égypte|República Árabe de Egipto|جمهوريّة مصر العربيّة|Арабская Республика Египет|阿拉伯埃及共和国
    ER|State of Eritrea|l'État d'Érythrée|Estado de Eritrea|دولة إريتريا|Государство Эритрея|厄立特里亚国
    ES|Kingdom of Spain|Royaume d'Espagne|Reino de España|مملكة إسبانيا|Королевство Испания|西班牙王国
    ET|Federal Democratic Republic of Ethiopia|République fédérale démocratique d'Éthiopie|República Federal Democrática de Etiopía|جمهوريّة إثيوبيا الدّيموقراطيّة الاتّحاديّة|Федеративная Демократическая Республика Эфиопия|埃塞俄比亚联邦民主共和国
    FI|Republic of Finland|République de Finlande|República de Finlandia|جمهوريّة فنلندا|Финляндская Республика|芬兰共和国
    FJ|Republic of Fiji|République des Fidji|República de Fiyi|جمهورية فيجي|Республика Фиджи|斐济共和国
    FK|Falkland Islands (Malvinas)|Malouines, Îles (Falkland)|Îles (Falkland) Malouines|Islas Falkland (Malvinas)|جزر فولكلاند (مالفيناس)|Фолклендские (Мальвинские) острова|福克兰群岛(马尔维纳斯)
    FM|Micronesia, Federated States of|Federated States of Micronesia|Micronésie, États fédérés de|États fédérés de Micronésie|Micronesia, Estados Federados de|Estados Federados de Micronesia|ميكرونيزيا، ولايات ميكرونيزيا الموحّدة|Федеративные Штаты Микронезии|ولايات ميكرونيزيا الموحّدة|密克罗尼西亚联邦
    FO|جزر الفارو|Фарерские острова
    FR|French Republic|République française|República Francesa|جمهوريّة الفرنسيّة|Французская Республика|法兰西共和国
    GA|Gabonese Republic|République gabonaise|República Gabonesa|الجمهوريّة الغابونيّة|Габонская Республика|加蓬共和国
    GB|Соединённое Королевство|United Kingdom of Great Britain and Northern Ireland|Royaume-Uni de Grande-Bretagne et d'Irlande du Nord|Reino Unido de Gran Bretaña e Irlanda del Norte|المملكة المتّحدة لبريطانيا العظمى و أيرلندا الشّماليّة|Соединённое Королевство Великобритании и Северной Ирландии|大不列颠及北爱尔兰联合王国|UK|U.K.|Great Britain|England|Scotland|Wales|Northern Ireland
    GF|غيانا الفرنسيّة
    GG|جزيرة جويرزني
    GH|Republic of Ghana|République du Ghana|República de Ghana|جمهوريّة غانا|Республика Гана|加纳共和国
    GM|Republic of the Gambia|République de Gambie|República de Gambia|جمهورية غامبيا|Республика Гамбия|冈比亚共和国|The Gambia
    GN|Republic of Guinea|République de Guinée|República de Guinea|جمهوريّة غينيا|Гвинейская Республика|几内亚共和国
    GP|جوادالوبّي
    GQ|Republic of Equatorial Guinea|République de Guinée Équatoriale|República de Guinea Ecuatorial|جمهوريّة غينيا الاستوائيّة|Республика Экваториальная Гвинея|赤道几内亚共和国
    GR|Hellenic Republic|République grecque|República Helénica|الجمهوريّة الهلنستيّة|Греческая Республика|希腊共和国
    GS|South Georgia and the South Sandwich Islands|Islas Georgias del Sur y Sándwich del Sur|جورجيا الجنوبيّة و جزر ساندويتش الجنوبيّة|Южная Джорджия и Южные Сандвичевы острова|南乔治亚岛和南桑德韦奇岛
    GT|瓜地马拉|Republic of Guatemala|République du Guatemala|República de Guatemala|جمهوريّة غواتيمالا|Республика Гватемала|瓜地马拉共和国
    GU|جوام
    GW|Republic of Guinea-Bissau|République de Guinée-Bissau|República de Guinea-Bissau|جمهوريّة غينيا بيساو|Республика Гвинея-Бисау|几内亚比绍共和国
    GY|غويانا|Republic of Guyana|République de Guyana|República de Guyana|جمهوريّة غويانا|Республика Гайана|圭亚那共和国
    HK|هونغ كونغ|Hong Kong Special Administrative Region of China|Région spéciale administrative chinoise de Hong-Kong|Región Administrativa Especial China de Hong Kong|هونج كونج المنطقة الصّينيّة الإداريّة الخاصّة|Осо́бый административный район Гонконг|中国香港特别行政区
    HM|Heard Island and McDonald Islands|جزيرة هيرد وجزر مَكْدونالد|Остров Херд и острова МакДональд|赫德岛与麦克唐纳群岛
    HN|Republic of Honduras|République du Honduras|República de Honduras|جمهوريّة هندوراس|Республика Гондурас|洪都拉斯共和国
    HR|Republic of Croatia|République de Croatie|República de Croacia|جمهوريّة كرواتيا|Республика Хорватия|克罗地亚共和国
    HT|Republic of Haiti|République de Haïti|República de Haití|جمهوريّة هايتي|Республика Гаити|海地共和国
    HU|المجر (هنغاريا)
    ID|Republic of Indonesia|République d'Indonésie|República de Indonesia|جمهوريّة اندونيسيا|Республика Индонезия|印度尼西亚共和国
    IL|State of Israel|État d'Israël|Estado de Israel|دولة إسرائيل|Государство Израиль|以色列国
    IM|آيزل أف مان|Остров Мэн|曼岛
    IN|Republic of India|République d'Inde|República de la India|جمهوريّة الهند|Республика Индия|印度共和国
    IO|British Indian Ocean Territory|Territoire britannique de l'océan Indien|Territorio Británico del Océano Índico|مقاطعة المحيط الهندي البريطانيّة|Британская территория Индийского океана|英属印度洋领地
    IQ|Republic of Iraq|République d'Iraq|República de Irak|جمهوريّة العراق|Иракская Республика|伊拉克共和国
    IR|Iran, Islamic Republic of|Islamic Republic of Iran|Iran, République islamique d'|République islamique d' Iran|Irán, República islámica de|República islámica de Irán|إيران، الجمهوريّة الإسلاميّة الإيرانيّة|伊朗伊斯兰共和国|الجمهورية الإسلاميّة الإيرانيّة|Исламская Респу́блика Иран
    IS|Republic of Iceland|République d'Islande|República de Islandia|جمهوريّة آيسلندا|Республика Исландия|冰岛共和国
    IT|Italian Republic|République italienne|República Italiana|الجمهوريّة الإيطاليّة|Итальянская Республика|意大利共和国
    JO|Hashemite Kingdom of Jordan|Royaume hachémite de Jordanie|Reino Hachemí de Jordania|المملكة الأردنيّة الهاشميّة|Иорданское Хашимитское Королевство|约旦哈希姆王国
    KE|Republic of Kenya|République du Kenya|República de Kenia|جمهوريّة كينيا|Республика Кения|肯尼亚共和国
    KG|Kirghizistan|قيرغزستان|吉尔吉斯坦|Kyrgyz Republic|République kirghize|República Kirguiza|الجمهوريّة القيرغزيّة|Республика Кыргызстан|吉尔吉斯共和国
    KH|柬埔塞|Kingdom of Cambodia|Royaume du Cambodge|Reino de Camboya|مملكة كمبوديا|Королевство Камбоджа|柬埔塞王国
    KI|Republic of Kiribati|République de Kiribati|República de Kiribati|جمهوريّة كيريباتي|Республика Кирибати|基里巴斯共和国
    KM|Comores, Islas|Islas Comores|Union of the Comoros|Union des Comores|Unión de las Comores|إتّحاد جزر القمر|Союз Коморских Островов|科摩罗联邦
    KN|Saint Kitts and Nevis|سانت كيتس و نيفس
    KP|Korea, Democratic People's Republic of|Democratic People's Republic of Korea|Corée, République populaire démocratique de|République populaire démocratique de Corée|Corea, República Democrática Popular de|República Democrática Popular de Corea|كوريا، جمهورية كوريا الشّعبيّة الدّيموقراطيّة|Корейская Народно-Демократическая Республика|朝鲜民主主义人民共和国|République démocratique populaire de Corée|República Popular Democrática de Corea|جمهوريّة كوريا الشّعبيّة الدّيموقراطيّة|Северная Корея|DPRK
    KR|Korea, Republic of|Republic of Korea|Corée, République de|République de Corée|Corea, República de|República de Corea|كوريا، جمهوريّة كوريا|大韩民国|Южная Корея|ROK
    KW|State of Kuwait|État du Koweït|Estado de Kuwait|دولة الكويت|Государство Кувейт|科威特国
    KY|جزر الكيمان|Каймановы острова
    KZ|Republic of Kazakhstan|République du Kazakhstan|República de Kazajistán|جمهوريّة كازاخستان|Республика Казахстан|哈萨克斯坦共和国
    LA|Lao People's Democratic Republic|Lao, République démocratique populaire|République démocratique populaire Lao|República Democrática Popular de Lao|جمهوريّة لاو الدّيموقراطيّة الشّعبيّة|Лаосская Народно-Демократическая Республика|老挝人民民主共和国
    LB|Lebanese Republic|République libanaise|República Libanesa|الجمهوريّة اللّبنانيّة|Ливанская Республика|黎巴嫩共和国
    LC|Saint Lucia|圣路西亚
    LI|ليشتنشتاين|Principality of Liechtenstein|Principauté du Liechtenstein|Principado de Liechtenstein|إمارة ليشتنشتاين|Княжество Лихтенштейн|列支敦士登公国
    LK|Democratic Socialist Republic of Sri Lanka|République démocratique socialiste de Sri Lanka|República Socialista Democrática de Sri Lanka|جمهوريّة سريلانكا الاشتراكيّة الدّيموقراطيّة|Демократическая Социалистическая Республика Шри-Ланка|斯里兰卡民主社会主义共和国
    LR|Republic of Liberia|République du Libéria|República de Liberia|جمهوريّة ليبيريا|Республика Либерия|利比里亚共和国
    LS|Kingdom of Lesotho|Royaume du Lesotho|Reino de Lesoto|مملكة ليسوتو|Королевство Лесото|莱索托王国
    LT|لثوانيا|Republic of Lithuania|République de Lituanie|República de Lituania|جمهوريّة لثوانيا|Литовская Республика|立陶宛共和国
    LU|Grand Duchy of Luxembourg|Grand-duché du Luxembourg|Gran Ducado de Luxemburgo|دوقيّة لوكسمبورغ الكبرى|Великое Герцогство Люксембург|卢森堡大公国
    LV|Republic of Latvia|République de Lettonie|República de Letonia|جمهوريّة لاتفيا|Латвийская Республика|拉脱维亚共和国
    MA|Kingdom of Morocco|Royaume du Maroc|Reino de Marruecos|المملكة المغربيّة|Королевство Марокко|摩洛哥王国
    MC|Principality of Monaco|Principauté de Monaco|Principado de Mónaco|إمارة موناكو|Княжество Монако|摩纳哥公国
    MD|Moldova, Republic of|Republic of Moldova|Moldova, République de|République de Moldova|Moldavia, República de|República de Moldavia|جمهورية مولدوفا|Республика Молдова|摩尔多瓦共和国|المالديف|Молдавия
    ME|المنتنيغرو
    MF|Saint Martin (French part)|Saint-Martin (partie française)|San Martín (zona francesa)|سانت مارتين (القطاع الفرنسي)|Сен-Мартен (Франция)
    MG|Republic of Madagascar|République de Madagascar|República de Madagascar|جمهوريّة مدغشقر|Республика Мадагаскар|马达加斯加共和国
    MH|جزر المارشال|Маршалловы острова|Republic of the Marshall Islands|République des Îles Marshall|República de las Islas Marshall|جمهوريّة جزر المارشال|Респу́блика Маршалловы Острова|马绍尔群岛共和国
    MK|Republic of North Macedonia|République de Macédoine du Nord|República de Macedonia del Norte|جمهوريّة مقدونيا الشمالية|Республика Северная Македония|北马其顿共和国|Macedonia
    ML|Republic of Mali|République du Mali|República de Mali|جمهوريّة مالي|Республика Мали|马里共和国
    MM|Myanmar|Birmanie|Birmania|ميانمار|Мьянма|Republic of Myanmar|République de Myanmar|República de la Unión de Myanmar|جمهورية اتحاد ميانمار|Республика Мьянма|缅甸联邦共和国|Burma
    MO|Macau|مكّاو|Macao Special Administrative Region of China|Région spéciale administrative chinoise de Macao|Región Administrativa Especial China de Macao|مكّاو المنطقة الصّينيّة الإداريّة الخاصّة|Специальный Административный район Макао|中国澳门特别行政区
    MP|Острова северной Марианы|Commonwealth of the Northern Mariana Islands|Commonwealth des îles Mariannes du Nord|Commonwealth de las Islas Marianas del Norte|كومنولث جزر ماريانا الشّماليّة|Содружество Северных Марианских островов|北马里亚纳群岛自由联邦
    MQ|مارتينيك
    MR|Islamic Republic of Mauritania|République islamique de Mauritanie|República Islámica de Mauritania|جمهوريّة موريتانيا الإسلاميّة|Исламская Республика Мавритания|毛里塔尼亚伊斯兰共和国
    MS|مونتسيرات|蒙塞拉特岛
    MT|مالطة|马尔他|Republic of Malta|République de Malte|República de Malta|جمهوريّة مالطة|Республика Мальта|马尔他共和国
    MU|Republic of Mauritius|République de l'Île Maurice|República de Mauricio|جمهوريّة موريشيوس|Республика Маврикий|毛里求斯共和国
    MV|Islas Maldivas|Republic of Maldives|République des Maldives|República de Maldivas|جمهوريّة جزر المالديف|Мальдивская Республика|马尔代夫共和国
    MW|Republic of Malawi|République du Malawi|República de Malawi|جمهوريّة ملاوي|Республика Малави|马拉维共和国
    MX|United Mexican States|États-Unis du Mexique|Estados Unidos Mexicanos|الولايات المكسيكيّة المتّحدة|Мексиканские Соединённые Штаты|墨西哥合众国
    MZ|Republic of Mozambique|République du Mozambique|República de Mozambique|جمهوريّة موزمبيق|Республика Мозамбик|莫桑比克共和国
    NA|Republic of Namibia|République de Namibie|República de Namibia|جمهوريّة ناميبيا|Республика Намибия|纳米比亚共和国
    NC|نيو قلدونيا
    NE|Republic of the Niger|République du Niger|República del Níger|جمهوريّة النّيجر|Республика Нигер|尼日尔共和国
    NF|Остров Норфолк
    NG|Federal Republic of Nigeria|République fédérale du Nigeria|República Federal de Nigeria|جمهوريّة نيجيريا الاتّحاديّة|Федеративная Республика Нигерия|尼日利亚联邦共和国
    NI|نيكاراجوا|Republic of Nicaragua|République du Nicaragua|República de Nicaragua|جمهوريّة نيكاراغوا|Республика Никарагуа|尼加拉瓜共和国
    NL|Kingdom of the Netherlands|Royaume des Pays-Bas|Reino de los Países Bajos|مملكة هولندا|Королевство Нидерландов|荷兰王国|Holland|The Netherlands
    NO|Kingdom of Norway|Royaume de Norvège|Reino de Noruega|مملكة النّرويج|Королевство Норвегия|挪威王国
    NP|Federal Democratic Republic of Nepal|République fédérale démocratique du Népal|República Federal Democrática de Nepal|جمهورية النيبال الاتحادية الديموقراطيّة|Федеративная Демократическая Республика Непал|尼泊尔联邦民主共和国
    NR|Republic of Nauru|République de Nauru|República de Nauru|جمهوريّة ناورو|Республика Науру|瑙鲁共和国
    NU|Nioue
    NZ|نيوزيلاندا
    OM|Sultanate of Oman|Sultanat d'Oman|Sultanato de Omán|سلطنة عمان|Султанат Оман|阿曼苏丹国
    PA|Republic of Panama|République du Panama|República de Panamá|جمهوريّة بنما|Республика Панама|巴拿马共和国
    PE|البيرو|Republic of Peru|République du Pérou|República del Perú|جمهوريّة البيرو|Республика Перу|秘鲁共和国
    PF|بولينيسيا الفرنسيّة|法属玻利尼西亚
    PG|Independent State of Papua New Guinea|État indépendant de Papouasie-Nouvelle-Guinée|Estado Independiente de Papúa Nueva Guinea|دولة بابوا غينيا الجديدة المستقلة|Независимое Государство Папуа — Новая Гвинея|巴布亚新几内亚独立国
    PH|Republic of the Philippines|République des Philippines|República de Filipinas|جمهوريّة الفيلبّين|Республика Филиппины|菲律宾共和国
    PK|Islamic Republic of Pakistan|République islamique du Pakistan|República Islámica de Pakistán|جمهوريّة باكستان الإسلاميّة|Исламская Республика Пакистан|巴基斯坦伊斯兰共和国
    PL|Republic of Poland|République de Pologne|República de Polonia|جمهوريّة بولندا|Республика Польша|波兰共和国
    PM|Saint Pierre and Miquelon|سانت بيير و ميكيلون|圣皮埃尔和密克隆
    PN|Pitcairn|بتكيرن|Питкэрн|皮特克恩
    PS|Palestine, State of|State of Palestine|Palestine, État de|État de Palestine|Palestina, Estado de|Estado de Palestina|دولة فلسطين|Палестина|巴勒斯坦|l'État de Palestine|Государство Палестина|巴勒斯坦国|Palestine
    PT|Portuguese Republic|République portugaise|República Portuguesa|الجمهوريّة البرتغاليّة|Португальская Республика|葡萄牙共和国
    PW|Republic of Palau|République de Palau|República de Palau|جمهوريّة بالاو|Республика Палау|帕劳共和国
    PY|الباراغواي|Republic of Paraguay|République du Paraguay|República del Paraguay|جمهوريّة الباراغواي|Республика Парагвай|巴拉圭共和国
    QA|State of Qatar|État du Qatar|Estado de Qatar|دولة قطر|Государство Катар|卡塔尔国
    RE|Réunion, Île de la|Île de la Réunion|ريونيون
    RS|صربية|Republic of Serbia|République de Serbie|República de Serbia|جمهوريّة صربية|Республика Сербия|塞尔维亚共和国
    RU|Russian Federation|Russie, Fédération de|Fédération de Russie|Federación Rusa|الاتّحاد الرّوسي|Российская Федерация
    RW|Rwandese Republic|République rwandaise|República de Ruanda|الجمهوريّة الرّوانديّة|Руандийская Республика|卢旺达共和国
    SA|السّعوديّة|Kingdom of Saudi Arabia|Royaume d'Arabie saoudite|Reino de Arabia Saudí|Королевство Саудовская Аравия|沙特阿拉伯王国
    SB|Salomon, Îles|جزر سولومن|Соломоновы Острова
    SC|السّيشل|Сейшелы|Republic of Seychelles|République des Seychelles|República de las Seychelles|جمهوريّة السّيشل|Республика Сейшельские Острова|塞舌尔共和国
    SD|Republic of the Sudan|République du Soudan|República de Sudán|جمهوريّة السّودان|Республика Судан|苏丹共和国
    SE|Kingdom of Sweden|Royaume de Suède|Reino de Suecia|مملكة السّويد|Королевство Швеция|瑞典王国
    SG|Republic of Singapore|République de Singapour|República de Singapur|جمهوريّة سنغافورة|Республика Сингапур|新加坡共和国
    SH|Saint Helena, Ascension and Tristan da Cunha|Sainte-Hélène, Ascension et Tristan da Cunha|Ascension et Tristan da Cunha Sainte-Hélène|Santa Elena, Ascensión y Tristán de Acuña|Ascensión y Tristán de Acuña Santa Elena|ساينت هيلينا، تريستان دا كونا|Остров Святой Елены, Остров Вознесения и Тристан-да-Кунья|Остров Вознесения и Тристан-да-Кунья Остров Святой Елены|圣赫勒拿-阿森松-特里斯坦达库尼亚
    SI|Republic of Slovenia|République de Slovénie|República de Eslovenia|جمهوريّة سلوفينيا|Республика Словения|斯洛文尼亚共和国
    SJ|Svalbard and Jan Mayen|Svalbard et île Jan Mayen|سفالبارد و جان ماين|斯瓦尔巴特和扬马延岛
    SK|Slovak Republic|République slovaque|República Eslovaca|جمهورية سلوفاكيا|Словацкая Республика|斯洛伐克共和国
    SL|Republic of Sierra Leone|République de Sierra Leone|República de Sierra Leona|جمهوريّة سيراليون|Республика Сьерра-Леоне|塞拉利昂共和国
    SM|圣马力诺市|Republic of San Marino|République de San Marin|República de San Marino|جمهوريّة سان مارينو|Республика Сан-Марино|圣马力诺共和国
    SN|Republic of Senegal|République du Sénégal|República del Senegal|جمهوريّة السّنغال|Республика Сенегал|塞内加尔共和国
    SO|Federal Republic of Somalia|République fédérale de Somalie|República Federal de Somalia|جمهورية الصومال الفيدرالية|Федеративная Республика Сомали|索马里联邦共和国
    SR|Republic of Suriname|République du Surinam|República de Surinam|جمهوريّة سورينام|Республика Суринам|苏里南共和国
    SS|Republic of South Sudan|République du Soudan du Sud|República de Sudán del Sur|جمهورية جنوب السّودان|Республика Южный Судан|南苏丹共和国
    ST|Sao Tome and Principe|ساو تومي و برنسبي|Democratic Republic of Sao Tome and Principe|République démocratique de Sao Tomé et Principe|República Democrática de Santo Tomé y Príncipe|جمهوريّة ساو تومي و برنسبي الدّيموقراطيّة|Демократическая Республика Сан-Томе и Принсипи|圣多美和普林西比民主共和国
    SV|Republic of El Salvador|République d'El Salvador|República de El Salvador|جمهوريّة السّلفادور|Республика Эль-Сальвадор|萨尔瓦多共和国
    SX|Sint Maarten (Dutch part)|Isla de San Martín (zona holandsea)|سانت مارتن (الجزء الهولندي)|Синт-Мартен (голландская часть)
    SY|Syrian Arab Republic|Syrienne, République arabe|République arabe Syrienne|República árabe de Siria|الجمهوريّة العربيّة السّوريّة|Сирийская Арабская Республика|阿拉伯叙利亚共和国
    SZ|Kingdom of Eswatini|Royaume d’Eswatini|Reino de Esuatini|مملكة إسواتيني|Королевство Эсватини|斯威士兰王国|Swaziland
    TC|Turks and Caicos Islands|جزر التّرك و الكايكوس|Острова Туркс и Каикос
    TD|Republic of Chad|République du Tchad|República del Chad|جمهوريّة تشاد|Республика Чад|乍得共和国
    TF|Territorios Franceses del Sur|المقاطعات الفرنسيّة الجنوبيّة|法属南半球领地
    TG|Togolese Republic|République togolaise|República Togolesa|الجمهوريّة التّوغويّة|Тоголезская Республика|多哥共和国
    TH|Kingdom of Thailand|Royaume de Thaïlande|Reino de Tailandia|مملكة تايلاند|Королевство Таиланд|泰王国
    TJ|Republic of Tajikistan|République du Tadjikistan|República de Tayikistán|جمهوريّة طاجيكستان|Республика Таджикистан|塔吉克斯坦共和国
    TK|جزر توكيلو
    TL|تيمور-ليستي|Democratic Republic of Timor-Leste|République démocratique du Timor-Leste|República Democrática de Timor Oriental|جمهوريّة تيمور-ليستي الدّيموقراطيّة|Демократическая Республика Восточный Тимор|东帝汶民主共和国|East Timor
    TN|Republic of Tunisia|République de Tunisie|República de Túnez|الجمهورية التونسية|Тунисская Республика|突尼斯共和国
    TO|Kingdom of Tonga|Royaume des Tonga|Reino de Tonga|مملكة تونغا|Королевство Тонга|汤加王国
    TR|Republic of Türkiye|土耳其共和国|Turkey
    TT|Trinidad and Tobago|ترينيداد و توباغو|特里尼达和多巴哥|Republic of Trinidad and Tobago|République de Trinité et Tobago|República de Trinidad y Tobago|جمهوريّة ترينيداد و توباغو|Республика Тринидад и Тобаго|特里尼达和多巴哥共和国
    TW|Taiwan, Province of China|Province of China Taiwan|Taïwan, province de Chine|province de Chine Taïwan|Taiwán, Provincia de China|Provincia de China Taiwán|تايوان، محافظة صينيّة|Китайская провинция Тайвань|中国台湾省
    TZ|Tanzania, United Republic of|United Republic of Tanzania|Tanzanie, République unie de|République unie de Tanzanie|Tanzania, República unida de|República unida de Tanzania|تنزانيا، جمهوريّة تنزانيا المتّحدة|جمهوريّة تنزانيا المتّحدة|Объединённая Республика Танзания|坦桑尼亚联合共和国
    UG|Republic of Uganda|République d'Ouganda|República de Uganda|جمهوريّة أوغندا|Республика Уганда|乌干达共和国
    UM|United States Minor Outlying Islands|Îles mineures éloignées des États-Unis|Islas Ultramarinas Menores de Estados Unidos|جزر الولايات المتّحدة الصّغرى النّائية|Соединенные штаты Малых Удаленных островов
    US|Соединённые штаты|United States of America|États-Unis d'Amérique|Estados Unidos de América|الولايات المتّحدة الأميركيّة|美利坚合众国|USA|U.S.A.|美國|الولايات المتحدة الأمريكية|США
    UY|الأوروغواي|Eastern Republic of Uruguay|République orientale d'Uruguay|República Oriental del Uruguay|جمهوريّة الأوروغواي الشّرقيّة|Восточная республика Уругвай|乌拉圭东岸共和国
    UZ|Republic of Uzbekistan|République d'Ouzbékistan|República de Uzbekistán|جمهوريّة أوزبكستان|Республика Узбекистан|乌兹别克斯坦共和国
    VA|Holy See (Vatican City State)|Saint-Siège (état de la cité du Vatican)|Santa Sede (Ciudad Estado del Vaticano)|المقعد المقدّس (ولاية مدينة الفاتيكان)|Государство-город Ватикан|梵地冈|Holy See|Saint-Siège|Santa Sede|Vatican
    VC|Saint Vincent and the Grenadines|سانت فنسنت و جزر الغرينادين
    VE|Venezuela, Bolivarian Republic of|Bolivarian Republic of Venezuela|Vénézuela, république bolivarienne du|république bolivarienne du Vénézuela|Venezuela, República Bolivariana de|República Bolivariana de Venezuela|جمهورية فنزويلا البوليفارية|Боливарианская Республика Венесуэла|委内瑞拉玻利瓦尔共和国|جمهوريّة فنزويلّا
    VG|Virgin Islands, British|Británicas Islas Vírgenes|فيرجن، جزر فيرجن البريطانيّة|Виргинские острова (Британия)|Британские Виргинские Острова
    VI|Virgin Islands, U.S.|Îles Vierges, États-Unis|États-Unis Îles Vierges|Islas Vírgenes, de EEUU|de EEUU Islas Vírgenes|فيرجن، جزر فيرجن الأميركيّة|Виргинские острова (США)|Virgin Islands of the United States|Îles Vierges des États-Unis d'Amérique|Islas Vírgenes de los Estados Unidos|جزر فيرجن الأميركيّة|Американские Виргинские острова|美属维京群岛
    VN|الفييتنام|Socialist Republic of Viet Nam|République socialiste du Viet Nam|República Socialista de Vietnam|جمهوريّة الفييتنام الاشتراكيّة|Социалистическая Республика Вьетнам|越南社会主义共和国|الفيتنام
    VU|Republic of Vanuatu|République du Vanuatu|República de Vanuatu|جمهوريّة فانواتو|Республика Вануату|瓦努阿图共和国
    WF|Wallis and Futuna|واليس و فوتونا|Уоллес и Футана
    WS|صاموا|Independent State of Samoa|État indépendant de Samoa|Estado Independiente de Samoa|دولة صاموا المستقلّة|Независимое Государство Самоа|萨摩亚独立国
    YE|Republic of Yemen|République du Yémen|República del Yemen|جمهوريّة اليمن|Йеменская Республика|也门共和国
    YT|Майот
    ZA|Южная Африка|Republic of South Africa|République d'Afrique du Sud|República de Sudáfrica|جمهوريّة جنوب إفريقيا|南非共和国
    ZM|Republic of Zambia|République de Zambie|República de Zambia|جمهوريّة زامبيا|Республика Замбия|赞比亚共和国
    ZW|زمبابوي|Republic of Zimbabwe|République du Zimbabwe|República de Zimbabue|جمهوريّة زمبابوي|Республика Зимбабве|津巴布韦共和国
    """
}
