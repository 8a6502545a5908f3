import Histogram
import Testing

@testable import LanyardLoad

@Suite("What a watcher is told")
struct WatchedCallTests {
  @Test("Counts from when it was asked for with its first message alone, whatever the server's clock shows")
  func first() {
    let recorder = RunRecorder()
    recorder.begin(at: .now - .seconds(3))
    let told = ToldHeadcounts()
    var call = WatchedCall(.headcount, due: .seconds(1), watcher: 0, recorder, told)
    for admitted in 1...3 {
      var message = HeadcountMessage()
      message.counts = [("door", Record.Count(inside: 0, admitted: admitted))]
      call.take(message)
    }
    let timings = recorder.snapshot().timings[0]?[.headcount]
    #expect(timings?.answered == 1 && timings?.pushed == 0 && recorder.toldCount == 1)
    #expect((1_900...60_000).contains(Double(timings?.times.max ?? 0) / 1_000))
    // Of each count it is known when it was told.
    let changes = told.told(0, of: nil).changes["door"] ?? []
    #expect(changes.map(\.admitted) == [1, 2, 3] && changes.allSatisfy { $0.at >= .seconds(2.9) })
  }
}
