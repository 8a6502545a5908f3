import Foundation
import LanyardAPI
import LanyardDomain
import LanyardScanner
import LanyardTexts

/// A lane that reads lines and prints lines.
struct LineLane {
  /// How long it waits at the end of the input while the server takes nothing of what waits.
  private static let farewell = Duration.seconds(5)

  let lane: Lane
  /// Nil leaves it to the checkpoint.
  let direction: Direction?
  let screen: LaneScreen

  /// Runs until the input has ended and all is answered, or the lane is asked to end; returns how the scans went.
  func run(until ending: EndRequest) async -> ExitStatus {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await submitAll() }
      group.addTask {
        await ending.wait(for: lane)
        if !Task.isCancelled { await lane.close() }
      }
      let opening = await screen.open(lane)
      group.addTask { await screen.follow(lane, said: opening) }
      for await answer in lane.answers { screen.show(answer) }
      group.cancelAll()
    }
    return screen.status
  }

  private func submitAll() async {
    await LineReader.forEachLine(endings: EndRequest.others) { input in
      guard case .line(let line) = input else { return screen.say(Sentence(.noticeNoEnter)) }
      let typed = WedgeLine(line)
      for notice in typed.notices { screen.say(notice) }
      for reading in typed.readings {
        await lane.submit(LaneSession.Reading(reading, direction: direction, readAt: Instant(Date())))
      }
    }
    while !Task.isCancelled, !(await lane.isIdle) { await Task.pause(.milliseconds(20)) }
    await lane.waitForRoster(atMost: Self.farewell)
    var (left, since) = (await lane.waiting, ContinuousClock.now)
    while !Task.isCancelled, left > 0, await lane.state != .revoked, since.duration(to: .now) < Self.farewell {
      await Task.pause(.milliseconds(50))
      let now = await lane.waiting
      if now < left { since = .now }
      left = now
    }
    if !Task.isCancelled { await lane.close() }
  }
}

extension LaneSession.Reading {
  /// What a scanner typed, as it is sent.
  init(_ reading: WedgeReading, direction: Direction?, readAt: Instant) {
    self.init(code: reading.code, direction: direction, readAt: readAt)
  }
}
