import Crypto
package import LanyardDomain

/// A hash over rows of the ledger, in their order: what a link of the trail says of a batch of scans. It covers the
/// answer and all that decides what it counts for; not who let somebody in and what they wrote, which can be erased.
package struct ScanDigest {
  package private(set) var count: Int64 = 0
  private var first: Int64 = 0
  private var last: Int64 = 0
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ row: CanonicalRow, sequence: Int64) {
    if count == 0 { first = sequence }
    last = sequence
    count += 1
    row.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// The facts of a link, as the trail has them.
  package var facts: String? { change(of: "").after.map(Fact.json) }

  /// The change that says so.
  package func change(of event: String, isTakenOver: Bool = false) -> Change {
    Change.scans(
      count: count,
      sequences: first...last,
      digest: [UInt8](hash.finalize()).hexText,
      of: event,
      isTakenOver: isTakenOver
    )
  }

  /// The rows from the beginning, in the order and with the columns that are hashed; the event's key is the fifth. The last
  /// is hashed where it has a value.
  ///
  /// - Parameter hasParticipations: False in files of before schema 13.
  package static func selection(hasParticipations: Bool) -> String {
    """
    SELECT scan.sequence, id_high, id_low, fingerprint, event_id, checkpoint_id, session_id, badge_id, direction, answer,
      scan.reason, was_inside, earlier_checkpoint_id, earlier_admitted_at, opens_at, admitted_here, scanned_at,
      received_at, reporter, scan_override.reason, scan_offline.happened_at, scan_offline.not_in_roster,
      scan_double_reading.scan_sequence IS NOT NULL, \(hasParticipations ? "scan.admitted_participations" : "NULL")
    FROM scan
    LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
    LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    ORDER BY scan.sequence
    """
  }
  /// Begins the row of a scan.
  package static let domain: StaticString = "lanyard.scan/1"
}

extension [UInt8] {
  /// Two hexadecimal digits a byte.
  package var hexText: String {
    String(unsafeUninitializedCapacity: 2 * count) { text in
      func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) }
      for (index, byte) in enumerated() {
        text[2 * index] = digit(byte >> 4)
        text[2 * index + 1] = digit(byte & 15)
      }
      return 2 * count
    }
  }
}
