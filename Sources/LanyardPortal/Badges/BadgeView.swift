import BadgeCodes
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// A badge on a page: what it says, and its symbol as one path that is drawn without another request.
struct BadgeView: Sendable {
  let event: String
  let name: String
  let organisation: String?
  let country: String?
  let group: String
  /// Class of the group's colour, `g1` to `g6`.
  let colour: String
  let viewBox: String
  let path: String
  let label: String
  /// Why it opens nothing yet; nil where it does.
  let note: String?

  /// Modules of the quiet zone around a symbol (ISO/IEC 18004).
  private static let margin = 4
  private static let colours = 6

  init(
    _ badge: Lanyard_V1_Badge,
    of registration: Lanyard_V1_Registration,
    _ shown: Event,
    in text: PageText
  ) throws {
    let symbol = try QRSymbol(ofBadge: badge.code)
    let side = symbol.width + 2 * Self.margin
    viewBox = "-\(Self.margin) -\(Self.margin) \(side) \(side)"
    path = Self.path(symbol)
    event = shown.title.text(in: text.language)
    name = registration.displayName
    organisation = registration.organisation.isEmpty ? nil : registration.organisation
    country = registration.country.isEmpty ? nil : text.phrasebook.country(registration.country)
    group = shown.terms.groupLabel(registration.stakeholderGroup, in: text.language) ?? registration.stakeholderGroup
    let number = shown.groupNumber(registration.stakeholderGroup)
    colour = "g\((max(number, 1) - 1) % Self.colours + 1)"
    label = text(.portalBadgeCode)
    note =
      switch badge.state {
      case .notActivated: text(.portalBadgeNotActivated)
      case .held: text(.portalBadgeHeld)
      default: nil
      }
  }

  /// The dark modules of each row, as runs.
  private static func path(_ symbol: QRSymbol) -> String {
    var path = ""
    for row in 0..<symbol.width {
      var column = 0
      while column < symbol.width {
        guard symbol[row: row, column: column] else {
          column += 1
          continue
        }
        let start = column
        while column < symbol.width, symbol[row: row, column: column] { column += 1 }
        path += "M\(start) \(row)h\(column - start)v1h-\(column - start)z"
      }
    }
    return path
  }
}
