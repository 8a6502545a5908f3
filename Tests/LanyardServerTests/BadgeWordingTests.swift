import BadgeCodes
import LanyardDomain
import LanyardStore
import LanyardTesting
import Testing

@testable import LanyardServer

@Suite("What stands on badges", .hangGuard)
struct BadgeWordingTests {
  private static func other(_ details: RegistrationDetails, _ field: RegistrationField) -> RegistrationDetails {
    var details = details
    switch field {
    case .person(let text):
      details.person[text] =
        switch text {
        case .country: "JP"
        case .language: "ja"
        default: "Other"
        }
    case .stakeholderGroup: details.stakeholderGroup = "Academia"
    case .guestRole: details.guestRole = "speaker"
    case .participation: details.participation = .remote
    case .days: details.days = LocalDate("2024-05-28").map { [$0] } ?? []
    case .answer(.accessibilityNeeds): details.answers.accessibilityNeeds = "other"
    case .answer(.photoConsent): details.answers.photoConsent.toggle()
    case .ownAnswer(let question): details.answers.own[question] = "other"
    }
    return details
  }

  @Test("Follows from the fields that are said to be of badges, and from no other")
  func fields() async throws {
    try await ServerHarness.run { server in
      let event = try await server.store.event(SampleData.forum).event
      let wording = try await BadgeWording(event, server.store)
      let code = try QRSymbol(ofBadge: "LY1ABC")
      let base = try SampleData.person(1).validated(for: event)
      func face(_ details: RegistrationDetails) -> [UInt8] {
        let moment = Instant(seconds: 0)
        let bearer = Registration(
          id: "r",
          event: event.slug,
          state: .confirmed,
          details: details,
          createdAt: moment,
          updatedAt: moment,
          revision: 1
        )
        return wording.printed(bearer, number: "7F3A · 1", code).digest(with: "LY1ABC")
      }
      for field in RegistrationField.allCases {
        let changed = Self.other(base, field)
        #expect(changed != base, "\(field.name)")
        // Taking part remotely or on site is no word of a badge, but opens the doors or not.
        #expect((face(changed) != face(base)) == (field.isOfBadges && field != .participation), "\(field.name)")
      }
    }
  }
}
