import LanyardDomain
import LanyardScanner
import LanyardTexts

/// Registrations as lists show them: what one reviews by, and at the end the resource name.
struct RegistrationLines {
  /// The widest that a column of a list for people is made, in cells of a terminal.
  private static let widest = 40

  /// Whether e-mail addresses are shown too.
  let withEmail: Bool
  /// What the event calls groups and roles, which people are shown; a table has their ids.
  let terms: EventTerms
  /// Ids of the event's questions, whose answers tables have.
  var questions: [String] = []

  /// The names of the columns of a table.
  var columns: [String] {
    ["display_name", "organisation", "country", "stakeholder_group", "guest_role", "state", "participation"]
      + (withEmail ? ["email"] : []) + questions.map { RegistrationField.ownAnswer($0).column } + ["registration"]
  }

  /// A row of a table.
  func fields(_ registration: Registration) -> [String] {
    let details = registration.details
    return [
      details.displayName, details.organisation, details.country, details.stakeholderGroup, details.guestRole,
      registration.state.rawValue, details.participation.rawValue,
    ] + (withEmail ? [details.email] : []) + questions.map { details.answers.own[$0] ?? "" } + [registration.name]
  }

  /// The group, and the role where there is one, as they are called.
  private func shownGroup(_ details: RegistrationDetails) -> String {
    let reader = Language.ofSystem ?? .english
    let (group, role) = (details.stakeholderGroup, details.guestRole)
    return [terms.groupLabel(group, in: reader) ?? group, terms.roleLabel(role, in: reader) ?? role].filter {
      !$0.isEmpty
    }
    .joined(separator: ", ")
  }

  /// Lines of a list for people, in columns.
  func lines(_ registrations: [Registration]) -> [String] {
    let rows = registrations.map { registration in
      let details = registration.details
      return [
        registration.shownName, details.organisation, details.country, shownGroup(details),
        registration.shownState, Phrasebook.ofSystem.text(details.participation.title),
      ] + (withEmail ? [details.email] : [])
    }
    let columns = rows.first?.indices ?? 0..<0
    let widths = columns.map { column in min(Self.widest, rows.map { TextWidth.columns(of: $0[column]) }.max() ?? 0) }
    return zip(rows, registrations).map { row, registration in
      let cells = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: max(0, width - TextWidth.columns(of: text)))
      }
      return (cells + [registration.name]).joined(separator: "  ")
    }
  }
}

extension Registration {
  /// The resource name.
  var name: String { ResourceName.registration(id, of: event).description }

  /// The name in a list.
  var shownName: String { erasedAt == nil ? details.displayName : Phrasebook.ofSystem.text(.listErased) }

  /// Where it stands.
  var shownState: String { Phrasebook.ofSystem.text(state.title) }
}
