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
      for conflict in try page.map({ try ToldConflict($0) }) {
        record.conflicts[conflict.scan.id, default: []].append(conflict.causeName)
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
    let message = try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
      .with { $0.name = try ResourceName.attendance(ofEvent: event, field: "event") }
    )
    record.readTime = (try message.readTime.instant(field: "read_time"), .now)
    let attendance = try ToldAttendance(message)
    record.peopleInside = attendance.counts.peopleInside
    let zone = attendance.counts.timeZone.rawValue
    guard let day = AuditDay(attendance.readAt, timeZone: zone) else {
      throw LoadFailure("this machine does not know the event's time zone \(zone); install its time zone data")
    }
    record.dayStart = day.start
    for door in attendance.counts.checkpoints {
      var count = Record.Count(inside: door.inside, admitted: door.admitted)
      count.refused = Dictionary(uniqueKeysWithValues: door.refused.map { ($0.key.rawValue, $0.value) })
      record.counts[ResourceName.checkpoint(door.id, of: attendance.event).description] = count
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
      verdict: scan.answer.compared,
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
