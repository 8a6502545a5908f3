/// What tables that Lanyard writes have beside the fields of a registration. Who imports such a table gets none of it.
package enum RegistrationAddition: String, Sendable, CaseIterable {
  /// Resource name of the registration.
  case registration
  /// Where it stands.
  case state
  /// The name as badges show it.
  case displayName = "display_name"
  case createTime = "create_time"
  case updateTime = "update_time"
  case etag
  case moveUpNote = "move_up_note"
  /// In a file of refused rows: what is wrong with each.
  case refusedBecause = "refused_because"

  /// Those of an export, in its order.
  package static let exported: [RegistrationAddition] = [.registration, .state, .displayName, .createTime, .updateTime]

  /// Nil where a column has another name.
  init?(column name: String) { self.init(rawValue: RegistrationField.key(name)) }

  /// Why a row that says this is not imported; nil where that is no reason.
  func fault(of text: String) -> Fault? {
    guard self == .state, let state = RegistrationState(spelling: text), !state.isLive else { return nil }
    return .table(.endedElsewhere(state: state))
  }
}
