import GRPCCore
import LanyardAPI
import SwiftProtobuf
import Testing

@testable import LanyardLoad

@Suite("What screens and dashboards are told")
struct HeadcountTests {
  private typealias Message = Lanyard_V1_WatchAttendanceResponse

  @Test("Is taken from a message as a whole reading finds it")
  func found() throws {
    let bytes: [UInt8] = try Self.message(1...100, snapshot: true).serializedBytes()
    let found = try HeadcountDeserializer(keepsCounts: true).deserialize(bytes)
    #expect(found.isSnapshot && found.peopleInside == 77)
    #expect(found.counts.map(\.checkpoint) == (1...100).map { "door-\($0)" })
    #expect(found.counts.map(\.count.inside) == Array(1...100) && found.counts.map(\.count.admitted) == Array(2...101))
    let uncounted = try HeadcountDeserializer(keepsCounts: false).deserialize(bytes)
    #expect(uncounted.peopleInside == 77 && uncounted.counts.isEmpty)
    let broken = Array(bytes.dropLast())
    #expect(throws: RPCError.self) { try HeadcountDeserializer(keepsCounts: true).deserialize(broken) }
  }

  @Test("Stays until another takes its place, or its call fails")
  func views() throws {
    let told = ToldHeadcounts()
    func take(_ doors: ClosedRange<Int32>, snapshot: Bool) throws {
      let bytes: [UInt8] = try Self.message(doors, snapshot: snapshot).serializedBytes()
      told.take(try HeadcountDeserializer(keepsCounts: true).deserialize(bytes), watcher: 3, at: .zero)
    }
    func shown() -> ToldHeadcounts.Watcher { told.watcher(3, of: nil) }
    var record = Record(scans: [], counts: ["door-4": .init(inside: 4, admitted: 5)], peopleInside: 77)
    #expect(shown().differences(from: record) { $0 } == ["A dashboard was told nothing of the event"])
    try take(1...3, snapshot: true)
    try take(2...4, snapshot: false)
    #expect(shown().view?.counts.keys.sorted() == ["door-1", "door-2", "door-3", "door-4"])
    try take(4...4, snapshot: true)
    #expect(shown().view?.counts.keys.sorted() == ["door-4"])
    #expect(shown().differences(from: record) { $0 }.isEmpty)
    record.counts["door-4"]?.inside = 3
    record.peopleInside = 76
    #expect(shown().differences(from: record) { $0 }.count == 2)
    record.counts["door-5"] = .init(inside: 0, admitted: 1)
    #expect(shown().differences(from: record) { $0 }.count == 3)
    told.forget(watcher: 3, isReported: false)
    #expect(shown().view == nil && shown().differences(from: record) { $0 }.count == 1)
  }

  @Test(
    "Is nothing, without more ado, only where the call that failed is told of, and the server has not taken another"
  )
  func reported() {
    let (told, record) = (ToldHeadcounts(), Record(scans: []))
    func faults() -> Int { told.watcher(0, of: "door-1").differences(from: record) { $0 }.count }
    #expect(faults() == 1)
    told.forget(watcher: 0, isReported: true)
    #expect(faults() == 0)
    // It goes on to fail after the measured time.
    told.forget(watcher: 0, isReported: false)
    #expect(faults() == 0)
    told.begin(watcher: 0)
    #expect(faults() == 1)
    told.forget(watcher: 0, isReported: false)
    #expect(faults() == 1)
  }

  private static func message(_ doors: ClosedRange<Int32>, snapshot: Bool) -> Message {
    .with {
      $0.attendance.readTime = .init(seconds: 1_716_800_000, nanos: 250_000_000)
      $0.attendance.peopleInside = 77
      $0.attendance.checkpoints = doors.map { number in
        .with {
          ($0.checkpoint, $0.displayName) = ("door-\(number)", "Door")
          ($0.inside, $0.admitted, $0.left) = (number, number + 1, 9)
        }
      }
      $0.snapshot = snapshot
    }
  }
}
