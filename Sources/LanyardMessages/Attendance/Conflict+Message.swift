package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

/// A conflict as a server told it: of those that no rule refuses it says their kind alone.
package struct ToldConflict: Hashable, Sendable {
  /// Its number in the event's feed.
  package let number: Int64
  package let kind: ConflictKind
  /// What the rules refuse it for; nil where they do not.
  package let reason: RefusalReason?
  /// Of two admissions the later one.
  package let scan: AnsweredScan
  package let earlier: AnsweredScan?
  package let recordedAt: Instant

  /// What it is about, in one word: why the rules refuse it, such as `REVOKED`, else its kind.
  package var causeName: String { reason?.rawValue ?? kind.rawValue }

  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_Conflict) throws(InvalidInput) {
    number = try ResourceName.conflict(message.name, field: "name").number
    kind = try ConflictKind(message.kind, field: "kind")
    switch kind {
    case .withoutRight: reason = nil
    case .againstRules: reason = try RefusalReason(message.reason, field: "reason")
    }
    scan = try AnsweredScan(message.checkIn, under: "check_in.")
    earlier = try message.hasEarlierCheckIn ? AnsweredScan(message.earlierCheckIn, under: "earlier_check_in.") : nil
    recordedAt = try message.recordTime.instant(field: "record_time")
  }
}

extension Lanyard_V1_Conflict {
  package init(_ conflict: StoredConflict, of event: String, in language: Language) {
    self.init()
    name = ResourceName.conflict(conflict.id, of: event).description
    kind = conflict.cause.kind.wire
    if let reason = conflict.cause.reason { self.reason = reason.wire }
    checkIn = Lanyard_V1_CheckIn(conflict.scan, in: language)
    if let earlier = conflict.earlier { earlierCheckIn = Lanyard_V1_CheckIn(earlier, in: language) }
    recordTime = Google_Protobuf_Timestamp(conflict.recordedAt)
  }
}

extension ConflictKind: WireValue {
  package static let wirePrefix = "CONFLICT_KIND_"

  package var wire: Lanyard_V1_ConflictKind {
    switch self {
    case .againstRules: .againstRules
    case .withoutRight: .withoutRight
    }
  }
}

extension Lanyard_V1_ConflictKind: WireEnum {
  package typealias Value = ConflictKind
}
