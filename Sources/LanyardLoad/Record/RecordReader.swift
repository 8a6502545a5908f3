import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// Reads back what a server has on record of an event.
package struct RecordReader: Sendable {
  private let client: ServerClient
  /// Resource name of the event.
  private let event: String

  package init(_ client: ServerClient, event: String) {
    self.client = client
    self.event = event
  }

  /// All of it, in the order of the ledger.
  ///
  /// - Parameter progress: Told how many scans were read.
  package func record(_ progress: @Sendable (Int) -> Void = { _ in }) async throws -> Record {
    var record = Record(scans: [])
    for try await page in Pages.checkIns(client, of: event) {
      record.scans += try page.map(RecordedScan.init)
      progress(record.scans.count)
    }
    for try await page in Pages.conflicts(client, of: event) {
      for conflict in page {
        guard let id = UUIDBytes(conflict.checkIn.scanID) else { throw LoadFailure("a conflict names no scan") }
        record.conflicts[id, default: []].append(try conflict.causeName)
      }
    }
    try await readCounts(into: &record)
    return record
  }

  /// The headcounts alone.
  func counts() async throws -> Record {
    var record = Record(scans: [])
    try await readCounts(into: &record)
    return record
  }

  private func readCounts(into record: inout Record) async throws {
    let attendance = try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
      .with { $0.name = try ResourceName.attendance(ofEvent: event, field: "event") }
    )
    record.peopleInside = Int(attendance.peopleInside)
    let now = try attendance.readTime.instant(field: "read_time")
    record.readTime = (now, .now)
    guard let day = AuditDay(now, timeZone: attendance.timeZone) else {
      throw LoadFailure(
        "this machine does not know the event's time zone \(attendance.timeZone); install its time zone data"
      )
    }
    record.dayStart = day.start
    for door in attendance.checkpoints {
      var count = Record.Count(inside: Int(door.inside), admitted: Int(door.admitted))
      count.refused = Dictionary(door.refused.map { ($0.reason.shortName, Int($0.count)) }, uniquingKeysWith: +)
      record.counts[door.checkpoint] = count
    }
  }

  /// All registrations and their badges.
  func people() async throws -> RegisteredPeople {
    var people = RegisteredPeople()
    for try await page in Pages.registrations(client, of: event) {
      for registration in page { people.registrations[registration.name] = registration }
    }
    for try await page in Pages.badges(client, of: event) {
      for badge in page {
        people.badges[badge.registration, default: []].append(badge)
      }
    }
    return people
  }
}

extension RecordedScan {
  init(_ checkIn: Lanyard_V1_CheckIn) throws {
    let scan: AnsweredScan
    do throws(InvalidInput) {
      scan = try AnsweredScan(checkIn)
    } catch {
      let fields = error.violations.map(\.field).joined(separator: ", ")
      let scan = "scan \(checkIn.scanID) on record"
      throw LoadFailure("\(scan) has a \(fields) that is not known here; are both of one version?")
    }
    self.init(
      id: scan.id,
      door: checkIn.checkpoint,
      badge: checkIn.badge,
      verdict: Verdict(of: scan.answer),
      isOut: scan.direction == .out,
      isOffline: scan.offline != nil,
      happened: scan.happenedAt,
      received: scan.receivedAt
    )
    undone = scan.undo?.at
    readAt = scan.scannedAt
    facts = try ScanFacts(checkIn)
  }
}
