import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardStore
import LanyardTesting
import Logging
import SwiftProtobuf
import Synchronization
import Testing

@testable import LanyardServer

@Suite("Look-ups by name")
struct SearchBudgetTests {
  private static let event = "events/\(SampleData.forum)"

  /// Keeps what is logged.
  private struct Record: LogHandler {
    final class Lines: Sendable {
      let all = Mutex<[String]>([])
    }

    let lines: Lines
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.all.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
  }

  private static func reason(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? RPCError).map { CallFailure($0).reason }
    }
  }

  @Test("Look-ups are limited by caller and minute, and the log tells it once a minute without a name")
  func limit() throws {
    let lines = Record.Lines()
    let budget = SearchBudget(limit: 3, logger: Logger(label: "test") { _ in Record(lines: lines) })
    let start = ContinuousClock.now
    for second in 0..<3 { _ = try budget.begin("lane", at: start + .seconds(second)) }
    for second in 3..<60 {
      let refused = #expect(throws: RPCError.self) { try budget.begin("lane", at: start + .seconds(second)) }
      #expect(refused?.message.contains("in \(60 - second) s") == true, "\(refused?.message ?? "")")
      #expect(refused.map { CallFailure($0).reason } == "TOO_MANY_SEARCHES")
    }
    #expect(lines.all.withLock(\.count) == 1)
    #expect(lines.all.withLock { $0[0] }.contains("notice") && lines.all.withLock { $0[0] }.contains("lane"))
    _ = try budget.begin("desk", at: start + .seconds(30))
    _ = try budget.begin("lane", at: start + .seconds(60))
    #expect(Self.reason { _ = try budget.begin("lane", at: start + .seconds(60)) } == "TOO_MANY_SEARCHES")
    _ = try budget.begin("lane", at: start + .seconds(61))
    for _ in 0..<3 { _ = try budget.begin("lane", at: start + .seconds(200)) }
    #expect(Self.reason { _ = try budget.begin("lane", at: start + .seconds(200)) } == "TOO_MANY_SEARCHES")
    #expect(lines.all.withLock(\.count) == 2)
  }

  @Test("Look-ups of people who are then let in do not count, at the unary call and on a lane's stream")
  func passages() async throws {
    try await ServerHarness.run(settings: { $0.searchesPerMinute = 2 }) { server in
      _ = try await withServerConnection(server.access) { try await People($0).badges(1...8) }
      let device = try await server.enrol(.lane, at: ["\(Self.event)/checkpoints/entrance-lane-1"])
      try await withServerConnection(device.access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        func search(_ number: Int) async throws -> String {
          let found = try await service.searchAttendees(
            .with { ($0.parent, $0.query) = (Self.event, "organisation \(number)") }
          )
          return try #require(found.matches.first).badge
        }
        for number in 1...3 {
          let badge = try await search(number)
          let answer = try await LaneMethodTests.scan(client) { $0.scan.badge = badge }
          #expect(answer.answer == .admitted)
        }
        for number in 4...6 {
          let badge = try await search(number)
          let answers = try await service.streamCheckIns { writer in
            try await writer.write(.with { $0.checkpoint = "\(Self.event)/checkpoints/entrance-lane-1" })
            try await writer.write(.with { $0.scans = [.with { ($0.scanID, $0.badge) = (UUID().uuidString, badge) }] })
          } onResponse: { response in
            try await response.messages.reduce(into: []) { $0 += $1.results }
          }
          #expect(answers.map(\.checkIn.answer) == [.admitted])
        }
        // Two that nobody passes for, a refused one among them, and the third is refused.
        let inside = try await search(1)
        #expect(try await LaneMethodTests.scan(client) { $0.scan.badge = inside }.answer == .refused)
        _ = try await search(7)
        let failure = try await DeviceTests.failure { _ = try await search(8) }
        #expect(failure?.code == .resourceExhausted && failure?.reason == "TOO_MANY_SEARCHES")
      }
      try await withServerConnection(server.access) { client in
        let found = try await Lanyard_V1_CheckInService.Client(wrapping: client).searchAttendees(
          .with { ($0.parent, $0.query, $0.pageSize) = (Self.event, "organisation", 5) }
        )
        #expect(found.matches.count == 5 && found.truncated && found.totalSize == 8)
        let rest = try await Lanyard_V1_CheckInService.Client(wrapping: client).searchAttendees(
          .with {
            ($0.parent, $0.query, $0.pageSize) = (Self.event, "organisation", 5)
            $0.pageToken = found.nextPageToken
          }
        )
        #expect(rest.matches.count == 3 && !rest.truncated && rest.nextPageToken.isEmpty)
      }
    }
  }
}
