import BadgeCodes
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf

@testable import LanyardScanner

/// An event as a roster tells it, made without a server: the same in every run, to the last letter of its badges' codes.
struct PaperEvent {
  static let slug = "paper-forum"
  static let name = "events/\(slug)"
  static let groups = ["Government", "Academia", "Press"]
  static let start = SampleData.moment("2027-05-25T00:00:00+02:00")
  static let end = SampleData.moment("2027-05-29T00:00:00+02:00")
  /// On its first morning.
  static let morning = SampleData.moment("2027-05-25T09:00:00+02:00")
  static let zone = "Europe/Zurich"

  /// A badge with its entry in the roster.
  struct Badge: Sendable {
    let code: String
    var entry: Lanyard_V1_RosterEntry
  }

  let key: SigningKey
  var plan: Lanyard_V1_RosterPlan

  /// - Parameter checkpoints: What differs from an entrance for everybody that is always open, by id.
  init(_ checkpoints: KeyValuePairs<String, (inout Lanyard_V1_Checkpoint) -> Void> = ["gate": { _ in }]) throws {
    key = try Self.signingKey(1)
    plan = .with { plan in
      plan.event.name = Self.name
      plan.event.title = "Paper Forum"
      (plan.event.startDate, plan.event.endDate) = ("2027-05-25", "2027-05-28")
      plan.event.timeZone = Self.zone
      plan.event.stakeholderGroups = Self.groups
      plan.event.guestRoles = ["speaker"]
      plan.checkpoints = checkpoints.map { Self.checkpoint($0.key, $0.value) }
    }
    plan.verificationKeys = [
      .with { known in
        known.name = "verificationKeys/\(key.id)"
        known.publicKey = Data(key.verificationKey.rawRepresentation)
      }
    ]
  }

  /// A key that is no secret.
  static func signingKey(_ id: UInt32) throws -> SigningKey {
    try SigningKey(id: id, rawRepresentation: (0..<32).map { UInt8($0) ^ UInt8(id) })
  }

  static func checkpoint(
    _ id: String,
    _ change: (inout Lanyard_V1_Checkpoint) -> Void = { _ in }
  ) -> Lanyard_V1_Checkpoint {
    var made = Lanyard_V1_Checkpoint.with {
      $0.name = "\(name)/checkpoints/\(id)"
      $0.displayName = id.prefix(1).uppercased() + id.dropFirst().replacing("-", with: " ")
      $0.kind = .entrance
      $0.area = "venue"
      $0.admittedParticipations = [.onsite]
      $0.directions = .both
      $0.reEntryAllowed = true
      $0.earlyEntry = .with { $0.seconds = 900 }
      $0.timeZone = zone
      $0.closesMinute = 1440
    }
    change(&made)
    return made
  }

  /// The badge of somebody on site of the first group, but for what `change` says.
  func badge(
    _ number: UInt64,
    of event: String = slug,
    signedBy other: SigningKey? = nil,
    _ change: (inout Lanyard_V1_RosterEntry) -> Void = { _ in }
  ) throws -> Badge {
    var entry = Lanyard_V1_RosterEntry.with {
      $0.serial = number
      $0.registration = "person-\(number)"
      $0.badgeState = .active
      $0.validFromTime = Google_Protobuf_Timestamp(Self.start)
      $0.expireTime = Google_Protobuf_Timestamp(Self.end)
      $0.registrationState = .confirmed
      $0.participation = .onsite
      $0.stakeholderGroup = Self.groups[0]
    }
    change(&entry)
    let signer = other ?? key
    let payload = try BadgePayload(
      keyID: signer.id,
      serial: number,
      event: event,
      stakeholderGroup: (Self.groups.firstIndex(of: entry.stakeholderGroup) ?? -1) + 1,
      participation: entry.participation == .remote ? .remote : .onsite,
      validFrom: Instant(shown: entry.validFromTime).seconds,
      validUntil: Instant(shown: entry.expireTime).seconds - 1
    )
    return Badge(code: try signer.sign(payload), entry: entry)
  }

  /// All of the roster in one message.
  func snapshot(_ badges: [Badge], at moment: Instant = morning) -> Lanyard_V1_WatchRosterResponse {
    .with {
      $0.plan = plan
      $0.snapshot = true
      $0.entries = badges.map(\.entry)
      $0.cursor = "1"
      $0.serverTime = Google_Protobuf_Timestamp(moment)
    }
  }
}
