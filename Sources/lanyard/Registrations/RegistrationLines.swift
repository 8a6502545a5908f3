import LanyardAPI
import LanyardDomain
import LanyardMessages
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

  /// The names of the columns of a table.
  var columns: [String] {
    ["display_name", "organisation", "country", "stakeholder_group", "guest_role", "state", "participation"]
      + (withEmail ? ["email"] : []) + ["registration"]
  }

  /// A row of a table.
  func fields(_ registration: Lanyard_V1_Registration) -> [String] {
    [
      registration.displayName, registration.organisation, registration.country, registration.stakeholderGroup,
      registration.guestRole, registration.state.shortName, registration.participation.shortName,
    ] + (withEmail ? [registration.email] : []) + [registration.name]
  }

  /// The group, and the role where there is one, as they are called.
  private func shownGroup(_ registration: Lanyard_V1_Registration) -> String {
    let reader = Language.ofSystem ?? .english
    let (group, role) = (registration.stakeholderGroup, registration.guestRole)
    return [terms.groupLabel(group, in: reader) ?? group, terms.roleLabel(role, in: reader) ?? role].filter {
      !$0.isEmpty
    }
    .joined(separator: ", ")
  }

  /// Lines of a list for people, in columns.
  func lines(_ registrations: [Lanyard_V1_Registration]) -> [String] {
    let rows = registrations.map { registration in
      [
        registration.shownName, registration.organisation, registration.country, shownGroup(registration),
        registration.shownState, Phrasebook.ofSystem.text(registration.participation.title),
      ] + (withEmail ? [registration.email] : [])
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

extension Lanyard_V1_Registration {
  /// The name in a list.
  var shownName: String { hasEraseTime ? Phrasebook.ofSystem.text(.listErased) : displayName }

  /// Where it stands.
  var shownState: String { Phrasebook.ofSystem.text(state.title) }
}
