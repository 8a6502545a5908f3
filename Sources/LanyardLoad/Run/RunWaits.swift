import LanyardClient
import LanyardDomain
import LanyardScanner

/// What a run waits for before and after its measured time, each with a limit, and none longer than there is a server to wait for.
struct RunWaits: Sendable {
  /// From one look whether lanes are ready, or idle, to the next.
  private static let look = Duration.milliseconds(100)
  /// How often nothing more may have been told to a lane until it is taken to know everything.
  private static let looks = 5
  /// From one question whether another's server still takes connections to the next.
  private static let question = Duration.milliseconds(500)
  /// How long watchers may take until they show what is on record; what they do not show by then is wrong. How late they are told
  /// it is measured, and has a target of its own.
  private static let patienceOfWatchers = Duration.seconds(15)

  let lanes: [any PlayedLane]
  /// The line of each lane, where something breaks.
  let lines: [FaultyLine]
  let ground: LoadRun.Ground
  let recorder: RunRecorder
  /// Whether lanes keep what they decide by themselves, and upload it.
  let haveJournals: Bool
  let tell: @Sendable (LoadRun.Stage) -> Void

  /// Waits until lanes with a journal could go on without the server.
  func untilReady(_ patience: Duration) async throws {
    let end = ContinuousClock.now + patience
    for (number, lane) in lanes.enumerated() {
      var told = (bytes: 0, looks: 0)
      while try await !isReady(lane, number, &told) {
        guard ContinuousClock.now < end else {
          throw LoadFailure("lane \(number + 1) had no roster after \(TimeSpan.words(patience)); is the server slow?")
        }
        guard ground.server?.isRunning ?? true else {
          throw LoadFailure("the server is gone, before lane \(number + 1) had its roster")
        }
        tell(
          .preparing("waiting at most \(TimeSpan.words(patience)) for lanes to fetch their roster", number, lanes.count)
        )
        try await Task.sleep(for: Self.look)
      }
    }
  }

  /// - Parameter told: How much the server had told a lane in a process of its own when this was asked last, and how often it was
  ///   as much.
  private func isReady(_ lane: any PlayedLane, _ number: Int, _ told: inout (bytes: Int, looks: Int)) async throws
    -> Bool
  {
    switch lane {
    case let lane as JournalLane: return try await lane.isReady
    case let lane as ProcessLane:
      guard lane.process.usage != nil else {
        throw LoadFailure("lane \(number + 1): its process has ended by itself: \(lane.endWords)")
      }
      // Nobody sees into it, so this is a guess: it has its roster once the server has told it something and has said no more for
      // a while.
      let bytes = lines[number].forwarded
      told = (bytes, bytes == told.bytes ? told.looks + 1 : 0)
      return bytes > 0 && told.looks >= Self.looks
    default: return true
    }
  }

  /// Waits until everything is answered and uploaded, or nothing more can be hoped for.
  func untilIdle(_ patience: Duration) async {
    let end = ContinuousClock.now + patience
    var asked = ContinuousClock.now
    let what = haveJournals ? "lanes to upload what they kept" : "the last answers"
    for (number, lane) in lanes.enumerated() {
      while !(await lane.isIdle), !recorder.endedLanes.contains(number), ContinuousClock.now < end, !Task.isCancelled {
        tell(.preparing("waiting at most \(TimeSpan.words(patience)) for \(what)", number, lanes.count))
        await Task.pause(Self.look)
        guard asked.duration(to: .now) > Self.question || ground.server != nil else { continue }
        asked = .now
        guard await isServerThere() else { return }
      }
    }
  }

  /// Lanes that are without the server though nothing is broken any more, once none is, or patience is at its end. What ended by
  /// itself is told as that.
  func offlineLanes(_ patience: Duration) async -> Set<Int> {
    let end = ContinuousClock.now + patience
    while true {
      var offline: Set<Int> = []
      for (number, lane) in lanes.enumerated() {
        if await lane.isOffline { offline.insert(number) }
      }
      offline.subtract(recorder.endedLanes)
      guard !offline.isEmpty, .now < end, !Task.isCancelled, await isServerThere() else { return offline }
      let all = lanes.count
      tell(
        .preparing("waiting at most \(TimeSpan.words(patience)) for lanes to come back", all - offline.count, all)
      )
      await Task.pause(Self.look)
    }
  }

  /// What watchers show, once that is what the server counts, or after their patience.
  func shown(by watchers: RunWatchers) async -> [ToldHeadcounts.Watcher] {
    let end = ContinuousClock.now + Self.patienceOfWatchers
    while !watchers.shown.isEmpty, .now < end, !Task.isCancelled, await isServerThere() {
      tell(.preparing("waiting at most \(TimeSpan.words(Self.patienceOfWatchers)) for screens to show all", 0, 0))
      do {
        let isRight = try await withServerConnection(ground.organiser) { client in
          let reader = RecordReader(client, event: ground.event)
          while true {
            // What is shown before it is counted cannot be newer than the count.
            let (shown, counts) = (watchers.shown, try await reader.counts())
            let isRight = shown.allSatisfy { $0.view != nil && $0.differences(from: counts) { $0 }.isEmpty }
            if isRight || Task.isCancelled || .now > end { return isRight }
            await Task.pause(Self.look)
          }
        }
        if isRight { break }
      } catch {
        // The record is read next, which says why it cannot be; what is shown is compared with it where it can.
        await Task.pause(Self.look)
      }
    }
    return watchers.shown
  }

  /// Whether anything can be hoped for from the server: one of its own runs, any other's port takes connections.
  private func isServerThere() async -> Bool {
    if let server = ground.server { return server.isRunning }
    return await !ServerPort(ground.organiser.endpoint).refuses()
  }
}
