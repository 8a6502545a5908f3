import GRDB
import LanyardDomain
import LanyardStore

/// Finds the badge of a scan and its registration.
struct BadgeLookup {
  private let byCode: HotStatement
  private let bySerial: HotStatement

  init(_ db: Database) throws {
    byCode = try HotStatement(AdmissionSQL.holderByCode, db)
    bySerial = try HotStatement(AdmissionSQL.holderBySerial, db)
  }

  /// The badge that a scan names, by its code or by the serial that was found by name; nil where there is none.
  func find(_ scan: SubmittedScan) throws -> RecordedHolder? {
    // What nobody can print is no code.
    if scan.badge == nil, scan.code.isEmpty { return nil }
    let statement = scan.badge == nil ? byCode : bySerial
    try statement.bind {
      if let serial = scan.badge { $0.add(Int64(bitPattern: serial.rawValue)) } else { $0.add(scan.code) }
    }
    defer { statement.reset() }
    return try statement.step() ? RecordedHolder(statement) : nil
  }
}
