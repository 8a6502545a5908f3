import Histogram
import Testing

@testable import LanyardLoad

@Suite("What a watcher is told")
struct WatchedCallTests {
  @Test(
    "Is no later for a server that was started again with its clock behind, and as late as it is for one that tells late"
  )
  func restart() {
    let recorder = RunRecorder()
    recorder.begin(at: .now)
    func max() -> Double { Double(recorder.snapshot().timings[0]?[.headcount]?.times.max ?? 0) / 1_000 }
    var first = WatchedCall(.headcount, due: recorder.now, watcher: 0, recorder)
    for _ in 0..<3 { first.take(recorder.now + .seconds(1_000)) }
    // The server's clock is five seconds behind from here on, in another call.
    var second = WatchedCall(.headcount, due: recorder.now, watcher: 0, recorder)
    for _ in 0..<3 { second.take(recorder.now + .seconds(995)) }
    #expect(max() < 2_000)
    second.take(recorder.now + .seconds(990))
    #expect(max() > 4_900)
    let timings = recorder.snapshot().timings[0]?[.headcount]
    #expect(timings?.answered == 2 && timings?.pushed == 5 && recorder.toldCount == 1)
  }
}
