import Histogram
import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("What a run takes down")
struct RunRecorderTests {
  @Test("Takes no more room over a week than over a morning, and loses nothing of what it counts")
  func week() {
    var timeline = RunTimeline()
    for minute in 0..<7 * 24 * 60 {
      timeline.change(at: .seconds(minute * 60)) { stretch in
        stretch.due += 1
        stretch.answered += 1
        stretch.record(.milliseconds(5))
      }
    }
    #expect(timeline.stretches.count <= RunTimeline.limit)
    #expect(timeline.stretches.count * timeline.width >= 7 * 24 * 3_600 - 60)
    #expect(timeline.stretches.map(\.due).reduce(0, +) == 7 * 24 * 60)
    #expect(timeline.stretches.compactMap(\.times?.totalCount).reduce(0, +) == 7 * 24 * 60)
  }

  @Test("Counts as carried in a phase what was answered while it lasted, whenever it was due")
  func carried() {
    let recorder = RunRecorder()
    recorder.begin(at: .now - .seconds(10))
    recorder.beginPhase(at: .zero, until: .seconds(5))
    recorder.beginPhase(at: .seconds(5), until: .seconds(8))
    // Due in the first phase, and answered after the last.
    recorder.record(RunOperation.register, due: .seconds(4))
    for (number, answered) in [2, 4, 6, 9].enumerated() {
      recorder.record(
        Observation(
          id: UUIDBytes(high: 1, low: UInt64(number)),
          door: 0,
          subject: .forged,
          isOut: false,
          expected: [],
          due: .seconds(1),
          sent: .seconds(1),
          answered: .seconds(answered),
          outcome: .answered(.admitted, offline: false)
        )
      )
    }
    let state = recorder.snapshot()
    #expect(state.carried[0] == [RunOperation.checkIn: 2] && state.carried[1] == [RunOperation.checkIn: 1])
    #expect(state.timings[0]?[RunOperation.checkIn]?.times.totalCount == 4)
  }

  @Test("Keeps the last seconds apart for the screen, however long a run is")
  func recent() {
    var timeline = RunTimeline()
    for second in 0..<10_000 { timeline.change(at: .seconds(second)) { $0.answered += second } }
    #expect(timeline.width > 1)
    #expect(timeline.seconds(9_995..<10_001).map(\.answered) == [9_995, 9_996, 9_997, 9_998, 9_999, 0])
    timeline.change(at: .seconds(-1)) { $0.answered += 1_000_000 }
    #expect(timeline.stretches.map(\.answered).reduce(0, +) == 9_999 * 10_000 / 2)
  }

  @Test("Is shown on the screen while it goes on, from the newest part that is planned")
  func screen() async {
    let (stages, continuation) = AsyncStream.makeStream(of: LoadRun.Stage.self)
    let plan = RunScreen.Plan()
    let screen = RunScreen(Scenario(name: "test"), RunRecorder(), []) { continuation.yield($0) }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await screen.run(plan) }
      var asked = stages.makeAsyncIterator()
      for name in ["first", "second"] {
        let phase = Phase(name: name, length: .seconds(60), arrivals: .constant(perSecond: 1))
        plan.show(RunScreen.Part(phases: [(phase, .zero, .seconds(60))], queues: LaneQueues([], lanes: 1)))
        var shown = ""
        while shown != name, case .running(let progress)? = await asked.next() { shown = progress.phase }
        #expect(shown == name)
      }
      group.cancelAll()
    }
  }
}
