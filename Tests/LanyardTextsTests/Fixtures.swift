import Foundation
import LanyardDomain
import LanyardTesting

@testable import LanyardTexts

/// Folders of the project.
enum Project {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let sources = root.appending(path: "Sources")
  static let catalogues = sources.appending(path: "LanyardTexts/Catalogues")
}

/// A moment as RFC 3339 writes it; a mistake in a test traps.
func at(_ text: String) -> Instant {
  guard let time = OffsetTime(text) else { preconditionFailure("not a time: \(text)") }
  return time.instant
}

let geneva = VenueTime(zone: "Europe/Zurich")

/// Everything that may stand beside a reason.
var everyCircumstance: Guidance.Circumstances {
  var known = Guidance.Circumstances(clock: geneva)
  known.opensAt = at("2024-05-27T07:00:00Z")
  known.admittedHere = ["UN Agency", "Government"]
  known.earlier = .init(at: at("2024-05-27T06:31:00Z"), through: "Entrance lane 3")
  return known
}

/// A catalogue of one entry after a header of English.
func catalogue(_ entry: String, plural: String = "nplurals=2; plural=(n != 1);") throws(CatalogueError) -> Catalogue {
  let header = """
    msgid ""
    msgstr ""
    "Content-Type: text/plain; charset=UTF-8\\n"
    "Plural-Forms: \(plural)\\n"


    """
  return try Catalogue(reading: Array((header + entry).utf8))
}
