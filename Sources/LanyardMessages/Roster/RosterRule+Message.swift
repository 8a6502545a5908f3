package import LanyardAPI
package import LanyardDomain

extension RosterRule: WireValue {
  package static let wirePrefix = "ROSTER_RULE_"

  package var wire: Lanyard_V1_RosterRule {
    switch self {
    case .unscannedReentry: .unscannedReEntry
    case .entryPause: .entryPause
    case .entryLimit: .entryLimit
    case .grace: .grace
    case .personDays: .personDays
    case .activation: .activation
    }
  }
}

extension Lanyard_V1_RosterRule: WireEnum {
  package typealias Value = RosterRule
}

extension RosterRule {
  /// All that this version knows, as a device tells its server.
  package static var known: [Lanyard_V1_RosterRule] { allCases.map(\.wire) }

  /// Makes sure that this version knows each of the rules that a roster goes by.
  ///
  /// - Throws: `InvalidInput` of the first that it does not.
  static func check(_ rules: [Lanyard_V1_RosterRule], field: String) throws(InvalidInput) {
    for (index, rule) in rules.enumerated() { _ = try RosterRule(rule, field: "\(field)[\(index)]") }
  }
}
