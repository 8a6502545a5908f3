extension Phrasebook {
  /// A country or area in words, by its short name in the United Nations; its code where the language has no word for it.
  package func country(_ code: String) -> String {
    Self.shortNames[code].map { text($0) } ?? format.country(code)
  }

  /// Those for which locales have other words, such as "Palestinian Territories", in one of the languages at least (UNTERM; ITU's
  /// form of areas of China).
  private static let shortNames: [String: Sentence.Key] = [
    "CN": .countryChina,
    "PS": .countryPalestine,
    "MM": .countryMyanmar,
    "CD": .countryDemocraticCongo,
    "CG": .countryCongo,
    "VA": .countryHolySee,
    "KR": .countryRepublicOfKorea,
    "KP": .countryPeoplesKorea,
    "IR": .countryIran,
    "SY": .countrySyria,
    "RU": .countryRussia,
    "TZ": .countryTanzania,
    "VE": .countryVenezuela,
    "BO": .countryBolivia,
    "MD": .countryMoldova,
    "LA": .countryLaos,
    "VN": .countryVietNam,
    "TR": .countryTurkiye,
    "CZ": .countryCzechia,
    "SZ": .countryEswatini,
    "CI": .countryCoteDIvoire,
    "CV": .countryCaboVerde,
    "HK": .countryHongKong,
    "MO": .countryMacao,
    "TW": .countryTaiwan,
    "FM": .countryMicronesia,
    "BN": .countryBrunei,
    "GB": .countryUnitedKingdom,
    "US": .countryUnitedStates,
    "TL": .countryTimorLeste,
    "BY": .countryBelarus,
    "KG": .countryKyrgyzstan,
    "FK": .countryMalvinas,
  ]
}
