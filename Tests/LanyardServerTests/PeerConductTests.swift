import Testing

@testable import LanyardServer

@Suite("What a peer does on its connection")
struct PeerConductTests {
  private struct End: Equatable {
    let second: Int
    let why: PeerConduct.Ending
  }

  /// The second at which it is enough, and why; nil where a thousand seconds go by.
  private func ending(
    _ conduct: inout PeerConduct,
    isInHeaders: Bool = false,
    each: (inout PeerConduct) -> Void = { _ in }
  ) -> End? {
    for second in 1...1000 {
      each(&conduct)
      if case .end(let why) = conduct.tick(isInHeaders: isInHeaders) { return End(second: second, why: why) }
    }
    return nil
  }

  private func known() -> PeerConduct {
    var conduct = PeerConduct(.init())
    conduct.shookHands()
    conduct.isKnown()
    return conduct
  }

  private func stranger() -> PeerConduct {
    var conduct = PeerConduct(.init())
    conduct.shookHands()
    return conduct
  }

  @Test("A handshake has ten seconds")
  func handshake() {
    var conduct = PeerConduct(.init())
    let end = ending(&conduct) { $0.heard() }
    #expect(end == End(second: 10, why: .handshake))
  }

  @Test("A stranger has thirty seconds, however much it sends")
  func strangers() {
    var conduct = stranger()
    let end = ending(&conduct) { $0.heard() }
    #expect(end == End(second: 30, why: .stranger))
  }

  @Test("A stranger that takes nothing of its answer has thirty seconds, and delays a stop by two")
  func stalled() {
    var conduct = stranger()
    conduct.received(FrameHeader(length: 5, kind: 0, flags: 1, stream: 1))
    var stopping = conduct
    #expect(stopping.stop() == .goOn)
    conduct.answered(FrameHeader(length: 5, kind: 1, flags: 4, stream: 1))
    stopping = conduct
    // An answer that has just begun may go on.
    #expect(stopping.stop() == .goOn)
    #expect(ending(&stopping) == End(second: 2, why: .stop))
    let end = ending(&conduct) { $0.heard() }
    #expect(end.map { $0.why } == .stranger)
    conduct = stranger()
    conduct.received(FrameHeader(length: 5, kind: 0, flags: 1, stream: 1))
    conduct.answered(FrameHeader(length: 5, kind: 1, flags: 4, stream: 1))
    conduct.answered(FrameHeader(length: 5, kind: 0, flags: 0, stream: 1))
    #expect(conduct.stop() == .goOn)
  }

  @Test("A stranger whose calls are answered may stay")
  func answered() {
    var conduct = stranger()
    var second = 0
    let end = ending(&conduct) {
      $0.heard()
      second += 1
      guard second.isMultiple(of: 20) else { return }
      for (kind, flags) in [(1, 4), (0, 0), (1, 5)] as [(UInt8, UInt8)] {
        $0.answered(FrameHeader(length: 1, kind: kind, flags: flags, stream: 1))
      }
    }
    #expect(end == nil)
  }

  @Test("A stranger whose calls all fail has thirty seconds, beside those in which it waits for the answers")
  func failing() {
    var conduct = stranger()
    var second: UInt32 = 0
    let end = ending(&conduct) {
      $0.heard()
      second += 1
      let stream = second * 2 + 1
      if second.isMultiple(of: 5) { $0.received(FrameHeader(length: 5, kind: 0, flags: 1, stream: stream)) }
      if second % 5 == 1 { $0.answered(FrameHeader(length: 9, kind: 1, flags: 5, stream: stream - 2)) }
    }
    // Seven calls take a second each.
    #expect(end == End(second: 37, why: .stranger))
  }

  @Test("A stranger who watches may stay, and has thirty seconds when that has ended")
  func watching() {
    var conduct = stranger()
    conduct.received(FrameHeader(length: 5, kind: 0, flags: 1, stream: 1))
    conduct.answered(FrameHeader(length: 5, kind: 1, flags: 4, stream: 1))
    conduct.answered(FrameHeader(length: 5, kind: 0, flags: 0, stream: 1))
    let watching = ending(&conduct) { $0.heard() }
    #expect(watching == nil)
    conduct.received(FrameHeader(length: 4, kind: 3, stream: 1))
    let end = ending(&conduct) { $0.heard() }
    #expect(end == End(second: 30, why: .stranger))
  }

  @Test("How long a silent peer has to answer is a setting")
  func signOfLifeTime() {
    var conduct = PeerConduct(.init(silence: 5, answer: 3))
    conduct.shookHands()
    conduct.isKnown()
    let end = ending(&conduct)
    #expect(end == End(second: 8, why: .silence))
  }

  @Test("A stranger may wait for an answer, but not go on with a request for ever")
  func requests() {
    var waiting = stranger()
    waiting.received(FrameHeader(length: 5, kind: 0, flags: 1, stream: 1))
    let answered = ending(&waiting) { $0.heard() }
    #expect(answered == nil)
    var sending = stranger()
    let end = ending(&sending) {
      $0.heard()
      $0.received(FrameHeader(length: 1, kind: 0, stream: 1))
    }
    #expect(end == End(second: 30, why: .stranger))
  }

  @Test("A peer that gives no sign of life is asked for one, and ended ten seconds later")
  func silence() {
    var conduct = known()
    for _ in 1..<30 { #expect(conduct.tick(isInHeaders: false) == .goOn) }
    #expect(conduct.tick(isInHeaders: false) == .ask)
    let end = ending(&conduct)
    #expect(end == End(second: 10, why: .silence))
  }

  @Test("A peer that answers is kept")
  func signOfLife() {
    var conduct = known()
    var asked = 0
    for _ in 0..<1000 {
      switch conduct.tick(isInHeaders: false) {
      case .ask:
        asked += 1
        conduct.heard()
      case .goOn: break
      case .end(let why): Issue.record("ended: \(why)")
      }
    }
    #expect(asked > 30)
  }

  @Test("Headers have ten seconds, those of a caller too")
  func slowHeaders() {
    var conduct = known()
    let end = ending(&conduct, isInHeaders: true) { $0.heard() }
    #expect(end == End(second: 10, why: .headers))
  }

  @Test("A PING for each message that was received is no flood, and 201 for nothing are")
  func pings() {
    let ping = FrameHeader(length: 8, kind: 6)
    var probing = known()
    for _ in 0..<100 {
      for _ in 0..<50 {
        probing.answered(FrameHeader(length: 100, kind: 0, stream: 1))
        probing.received(ping)
      }
      #expect(probing.excess == nil)
      _ = probing.tick(isInHeaders: false)
    }
    var flooding = stranger()
    for _ in 0..<200 { flooding.received(ping) }
    #expect(flooding.excess == nil)
    flooding.received(ping)
    #expect(flooding.excess == .pings)
  }

  @Test("A flood of WINDOW_UPDATE is one, and what a reader of many messages sends is not")
  func windowUpdates() {
    let update = FrameHeader(length: 4, kind: 8)
    var reading = known()
    for _ in 0..<10_000 {
      reading.answered(FrameHeader(length: 100, kind: 0, stream: 1))
      reading.received(update)
      reading.received(update)
    }
    #expect(reading.excess == nil)
    var flooding = stranger()
    for _ in 0...1000 { flooding.received(update) }
    #expect(flooding.excess == .flood)
  }

  @Test("Headers of 1 MiB in 256 frames may be read, so that their call alone fails, and no more")
  func largeHeaders() {
    let first = FrameHeader(length: 16_384, kind: 1, stream: 1)
    let next = FrameHeader(length: 16_384, kind: 9, stream: 1)
    var conduct = known()
    for _ in 0..<10 {
      conduct.received(first)
      for _ in 0..<63 { conduct.received(next) }
      #expect(conduct.excess == nil)
    }
    conduct.received(FrameHeader(length: 1, kind: 9, flags: 4, stream: 1))
    #expect(conduct.excess == .largeHeaders)
    var dribbling = known()
    dribbling.received(first)
    for _ in 0..<255 { dribbling.received(FrameHeader(length: 0, kind: 9, stream: 1)) }
    #expect(dribbling.excess == nil)
    dribbling.received(FrameHeader(length: 0, kind: 9, stream: 1))
    #expect(dribbling.excess == .largeHeaders)
  }

  @Test("A frame that is longer than clients are told is one too many")
  func longFrame() {
    var conduct = known()
    conduct.received(FrameHeader(length: 16_384, kind: 0, stream: 1))
    #expect(conduct.excess == nil)
    conduct.received(FrameHeader(length: 16_385, kind: 0, stream: 1))
    #expect(conduct.excess == .frame)
  }

  @Test("A stop ends strangers at once, and others after ten seconds")
  func stop() {
    var idle = stranger()
    #expect(idle.stop() == .end(.stop))
    var shaking = PeerConduct(.init())
    #expect(shaking.stop() == .end(.stop))
    var lane = known()
    #expect(lane.stop() == .goOn)
    let end = ending(&lane) { $0.heard() }
    #expect(end == End(second: 10, why: .stop))
  }

  @Test("A stop lets a stranger have the answer that has just begun")
  func stopAmidAnswer() {
    var conduct = stranger()
    conduct.received(FrameHeader(length: 5, kind: 0, flags: 1, stream: 1))
    conduct.answered(FrameHeader(length: 5, kind: 1, flags: 4, stream: 1))
    #expect(conduct.stop() == .goOn)
    conduct.answered(FrameHeader(length: 5, kind: 0, flags: 0, stream: 1))
    #expect(conduct.tick(isInHeaders: false) == .goOn)
    conduct.answered(FrameHeader(length: 5, kind: 1, flags: 5, stream: 1))
    #expect(conduct.tick(isInHeaders: false) == .end(.stop))
  }

  @Test("A stop lets a stranger have the answer that it waits for, and no more")
  func stopWithAnswer() {
    var conduct = stranger()
    conduct.received(FrameHeader(length: 5, kind: 0, flags: 1, stream: 1))
    #expect(conduct.stop() == .goOn)
    #expect(conduct.tick(isInHeaders: false) == .goOn)
    conduct.answered(FrameHeader(length: 5, kind: 1, flags: 5, stream: 1))
    #expect(conduct.tick(isInHeaders: false) == .end(.stop))
  }

  @Test("Two hundred calls that are reset in any half minute are taken, and one more is not")
  func resets() {
    let reset = FrameHeader(length: 4, kind: 3, stream: 1)
    var quick = known()
    for _ in 0..<200 { quick.received(reset) }
    #expect(quick.excess == nil)
    quick.received(reset)
    #expect(quick.excess == .resets)
    // Half of them at the end of one half minute and half at the begin of the next are as many.
    var apart = known()
    func wait(_ seconds: Int) { for _ in 0..<seconds { _ = apart.tick(isInHeaders: false) } }
    wait(28)
    for _ in 0..<100 { apart.received(reset) }
    wait(5)
    for _ in 0..<100 { apart.received(reset) }
    #expect(apart.excess == nil)
    var later = apart
    apart.received(reset)
    #expect(apart.excess == .resets)
    for _ in 0..<31 { _ = later.tick(isInHeaders: false) }
    for _ in 0..<200 { later.received(reset) }
    #expect(later.excess == nil)
  }
}
