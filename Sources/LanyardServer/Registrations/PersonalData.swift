import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// All that is on record about one person, for themselves: what organisers noted about them is not theirs.
struct PersonalData {
  let store: any Store
  let registration: Registration
  let clock: ServerClock

  /// As one JSON object (RFC 8259), its keys in order.
  func json() async throws -> Data {
    let event = try await store.event(registration.event).event
    let name = ResourceName.registration(registration.id, of: registration.event).description
    let object: [String: Any] = [
      "event": ["name": ResourceName.event(event.slug).description, "title": event.title.text(in: event.language)],
      "registration": try Self.object(Lanyard_V1_Registration(registration)),
      "name": name,
      "read_time": clock.now.rfc3339(),
      "badges": try await badges(),
      "bookings": try await bookings(),
      "check_ins": try await checkIns(),
      "mails": try await mails(),
    ]
    return try JSONSerialization.data(
      withJSONObject: object,
      options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    )
  }

  private func badges() async throws -> [[String: String]] {
    var badges: [[String: String]] = []
    try await eachPage {
      try await store.badges(of: registration.event, registration: registration.id, $0)
    } _: {
      badges += $0.map { badge in
        [
          "name": ResourceName.badge(badge.serial, of: badge.event).description, "state": badge.state.rawValue,
          "code": badge.code, "issue_time": badge.issuedAt.rfc3339(),
        ]
      }
    }
    return badges
  }

  private func bookings() async throws -> [String] {
    let openings = try await store.openings(of: registration.event, for: registration.id, at: clock.now)
    return openings.filter(\.value.isBooked).keys.sorted().map {
      ResourceName.session($0, of: registration.event).description
    }
  }

  private func checkIns() async throws -> [[String: String]] {
    var filter = ScanFilter()
    filter.registration = registration.id
    var checkIns: [[String: String]] = []
    try await eachPage {
      try await store.scans(of: registration.event, matching: filter, $0)
    } _: {
      checkIns += $0.map { scan in
        [
          "checkpoint": scan.checkpoint.name.description, "receive_time": scan.receivedAt.rfc3339(),
          "answer": scan.answer.kind.rawValue, "direction": scan.direction.rawValue,
        ]
      }
    }
    return checkIns
  }

  private func mails() async throws -> [[String: String]] {
    var mails: [[String: String]] = []
    try await eachPage {
      try await store.mails(of: registration.event, state: nil, registration: registration.id, $0)
    } _: {
      mails += $0.map { listed in
        [
          "kind": listed.mail.kind.rawValue, "state": listed.mail.state.rawValue, "email": listed.email,
          "create_time": listed.mail.createdAt.rfc3339(),
        ]
      }
    }
    return mails
  }

  private static func object(_ message: some Message) throws -> Any {
    try JSONSerialization.jsonObject(with: message.jsonUTF8Data())
  }
}
