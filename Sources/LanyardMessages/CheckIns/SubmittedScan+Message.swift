import BadgeCodes
package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension SubmittedScan {
  /// A scan as it came, checked for form. A text with a character that codes do not have is none, and what is kept of it is all of
  /// it that comes to a store.
  ///
  /// - Parameters:
  ///   - isFact: Whether it happened already: then no note keeps it off the record, and what may be kept of one is.
  ///   - prefix: What stands before the names of fields in faults.
  package init(
    _ scan: Lanyard_V1_Scan,
    at checkpoint: CheckpointAddress,
    reporter: Reporter,
    received: Instant,
    isFact: Bool = false,
    under prefix: String
  ) throws(InvalidInput) {
    guard let id = UUIDBytes(scan.scanID) else {
      throw InvalidInput(field: "\(prefix)scan_id", .request(.noScanID))
    }
    guard scan.code.utf8.count <= RequestLimit.code else {
      throw InvalidInput(field: "\(prefix)code", .codeTooLong(limit: RequestLimit.code))
    }
    let badge = try Self.badge(scan, at: checkpoint, under: prefix)
    let override = try Self.override(scan, isFact: isFact, under: prefix)
    let missedExit = try Self.missedExit(scan, isFact: isFact, under: prefix)
    let missedExitAfter =
      try scan.missedExit.hasAdmitTime
      ? scan.missedExit.admitTime.instant(field: "\(prefix)missed_exit.admit_time") : nil
    let direction = try Direction.stated(scan.direction, field: "\(prefix)direction")
    guard missedExit == nil || direction == .out else {
      throw InvalidInput(field: "\(prefix)missed_exit", .request(.missedExitNotOut))
    }
    let scannedAt = scan.hasScanTime ? try scan.scanTime.instant(field: "\(prefix)scan_time") : received
    let code = BadgeCodeText.canonical(scan.code)
    let isPrintable = BadgeCodeText.isPrintable(code)
    self.init(
      id: id,
      checkpoint: checkpoint,
      code: isPrintable ? code : "",
      trace: isPrintable ? nil : CodeTrace(ofUnreadable: code),
      badge: badge,
      direction: direction,
      scannedAt: scannedAt,
      fingerprint: Fingerprint.of(
        checkpoint.event,
        checkpoint.checkpoint,
        code,
        direction?.rawValue ?? "",
        scan.hasScanTime ? String(scannedAt.microseconds) : "",
        scan.badge,
        // What was written is no part of it: it would stay when the person is erased, and could be guessed at.
        missedExit == nil ? override == nil ? "" : "override" : "missed_exit"
      ),
      reporter: reporter,
      override: override,
      missedExit: missedExit,
      missedExitAfter: missedExitAfter
    )
  }

  private static func override(
    _ scan: Lanyard_V1_Scan,
    isFact: Bool,
    under prefix: String
  ) throws(InvalidInput) -> OverrideNote? {
    guard scan.hasOverride else { return nil }
    return isFact
      ? OverrideNote(keeping: scan.override) : try OverrideNote(scan.override, under: "\(prefix)override.")
  }

  private static func missedExit(
    _ scan: Lanyard_V1_Scan,
    isFact: Bool,
    under prefix: String
  ) throws(InvalidInput) -> OverrideNote? {
    guard scan.hasMissedExit else { return nil }
    return isFact
      ? OverrideNote(keeping: scan.missedExit) : try OverrideNote(scan.missedExit, under: "\(prefix)missed_exit.")
  }

  /// The badge that was found by name, in place of a code.
  private static func badge(
    _ scan: Lanyard_V1_Scan,
    at checkpoint: CheckpointAddress,
    under prefix: String
  ) throws(InvalidInput) -> BadgeSerial? {
    guard !scan.badge.isEmpty else { return nil }
    guard scan.code.isEmpty else {
      throw InvalidInput(field: "\(prefix)badge", .request(.besideCode))
    }
    return try ResourceName.badge(scan.badge, at: checkpoint, field: "\(prefix)badge")
  }
}
