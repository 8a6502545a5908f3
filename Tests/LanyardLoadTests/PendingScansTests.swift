import LanyardAPI
import LanyardDomain
import SwiftProtobuf
import Testing

@testable import LanyardLoad

@Suite("Scans of a lane that wait for their answers")
struct PendingScansTests {
  @Test("Get the answer that bears their id, whatever its place, and each only one")
  func matched() {
    var pending = PendingScans()
    pending.append((1...4).map(Self.scan))
    // What was not sent has no answer.
    #expect(pending.take(Self.id(1)) == nil)
    for _ in 1...3 { _ = pending.handOn(at: .seconds(1)) }
    #expect(pending.take(Self.id(2))?.code == "2")
    #expect(pending.take(Self.id(2)) == nil)
    #expect(pending.take(Self.id(9)) == nil)
    #expect(pending.sendAgain().map(\.code) == ["1", "3"])
    pending.holdUp([Self.id(3)], by: .seconds(2))
    let again = pending.take(Self.id(1))
    #expect(again?.code == "1" && again?.isSentAgain == true)
    let third = pending.take(Self.id(3))?.observation
    #expect(third?.sent == .seconds(1) && third?.lateness == .seconds(3))
    #expect(!pending.isEmpty)
    #expect(pending.handOn(at: .seconds(2))?.code == "4")
    #expect(pending.giveUp().map(\.code) == ["4"])
    #expect(pending.isEmpty && pending.takeFirst() == nil)
  }

  @Test("Are answered in their order where answers bear no id, over many more than are kept")
  func inOrder() {
    var pending = PendingScans()
    var answered = 0
    for number in 1...10_000 {
      pending.append([Self.scan(number)])
      _ = pending.handOn(at: .zero)
      guard number > 3 else { continue }
      answered += 1
      #expect(pending.takeFirst()?.code == "\(answered)")
    }
    #expect(pending.giveUp().map(\.code) == ["9998", "9999", "10000"])
  }

  @Test("Are not lost to an answer that none of them waits for, which is told as a fault of its own")
  func stray() {
    let recorder = RunRecorder()
    recorder.noteStray("lane-1 got an answer for the scan 7, which waits for none")
    let state = recorder.snapshot()
    #expect(state.strays == ["lane-1 got an answer for the scan 7, which waits for none"])
    #expect(state.timings[0]?[RunOperation.checkIn]?.errors == [RunRecorder.stray: 1])
    #expect(state.observations.isEmpty)
  }

  @Test("Count as not recorded where the server says so of the one time that it was sent them, and may not be in doubt")
  func refused() {
    func outcome(_ reason: String, wasSentOnce: Bool) -> Observation.Outcome {
      Observation.Outcome(.with { $0.error.reason = reason }, wasSentOnce: wasSentOnce)
    }
    #expect(outcome("DISK_FULL", wasSentOnce: true) == .failed("DISK_FULL", byServer: true))
    #expect(outcome("DISK_FULL", wasSentOnce: false) == .failed("DISK_FULL", byServer: false))
    #expect(outcome("STORE_GONE", wasSentOnce: true) == .failed("STORE_GONE", byServer: false))
  }

  private static func id(_ number: Int) -> UUIDBytes { UUIDBytes(high: 1, low: UInt64(number)) }

  private static func scan(_ number: Int) -> PlannedScan {
    let observation = Observation(
      id: id(number),
      door: 0,
      subject: .forged,
      isOut: false,
      expected: [],
      due: .zero
    )
    return PlannedScan(observation: observation, code: "\(number)")
  }
}
