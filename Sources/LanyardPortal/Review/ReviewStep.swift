import LanyardDomain
import LanyardTexts

/// What an organiser decides on those who were chosen.
enum ReviewStep: String, Sendable, CaseIterable {
  case approve, reject
  case moveUp = "move-up"

  var label: Sentence.Key {
    switch self {
    case .approve: .reviewApprove
    case .reject: .reviewReject
    case .moveUp: .reviewMoveUp
    }
  }
}

/// What narrows the list of registrations, as its address says it.
struct ReviewFilter: Sendable {
  /// The parameters, by their names in the address.
  static let names = ["state", "group", "role", "participation", "country", "q"]

  private(set) var texts: [String: String] = [:]

  /// - Parameter text: The value of a parameter.
  init(_ text: (String) -> String?) {
    for name in Self.names {
      if let value = text(name), !value.isEmpty { texts[name] = Site.shortened(value) }
    }
  }

  subscript(name: String) -> String { texts[name] ?? "" }

  var state: RegistrationState? { RegistrationState(rawValue: self["state"]) }
  var participation: Participation? { Participation(rawValue: self["participation"]) }

  /// As a part of an address.
  func query(page: String = "") -> String {
    let parts =
      Self.names.compactMap { name in texts[name].map { (name, $0) } } + (page.isEmpty ? [] : [("page", page)])
    return parts.map { "\($0.0)=\(DeskPath.encoded($0.1))" }.joined(separator: "&")
  }
}
