package import Foundation
package import LanyardDomain

/// The sample of tools/sample: the two real events and 4,500 registrations.
package enum SampleData {
  /// Slug of the forum of 2024.
  package static let forum = "wsis20-forum-2024"
  /// 08:30 in Geneva on the forum's first morning.
  package static let firstMorning = moment("2024-05-27T08:30:00+02:00")

  /// A file of tools/sample.
  package static func url(_ name: String) -> URL {
    root.appending(path: "tools/sample").appending(path: name)
  }

  package static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(name))) }

  /// Slugs of its events by their start dates.
  static let slugs = ["wsis20-ocp", forum]

  package static func programme() throws -> Programme { try Programme.reading(bytes("programme.json")) }

  /// The folder of the package.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A day of January 2024.
  package static func day(_ number: Int) -> LocalDate {
    guard let day = LocalDate("2024-01-\(number < 10 ? "0" : "")\(number)") else {
      preconditionFailure("not a day of January: \(number)")
    }
    return day
  }

  /// A moment as RFC 3339 writes it; a mistake in a test traps.
  package static func moment(_ text: String) -> Instant {
    guard let time = OffsetTime(text) else { preconditionFailure("not a time: \(text)") }
    return time.instant
  }

  /// A person who can register for the forum; each number is another one.
  package static func person(
    _ number: Int,
    group: String = "Government",
    participation: Participation = .onsite
  ) -> RegistrationForm {
    var form = RegistrationForm()
    form.email = "person\(number)@example.org"
    form.givenName = "محمد"
    form.familyName = "Nº \(number)"
    form.organisation = "Organisation"
    form.stakeholderGroup = group
    form.participation = participation
    return form
  }
}
