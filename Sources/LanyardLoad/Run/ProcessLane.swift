import Foundation
import LanyardClient
import LanyardDomain

/// A lane in a process of its own, `lanyard scan`, which can be frozen as a tablet that falls asleep. It lets people in only,
/// and nobody by name.
actor ProcessLane: PlayedLane {
  nonisolated let process: LaneProcess
  /// What it says on standard error.
  nonisolated let log: URL
  /// How long its process may take to end once nothing more is typed, before it is killed.
  private static let endTime = Duration.seconds(60)

  private let recorder: RunRecorder
  private var pending = PendingScans()
  private let work: AsyncStream<Void>
  private let more: AsyncStream<Void>.Continuation

  /// - Parameters:
  ///   - access: The way to the server, with a token.
  ///   - folder: A data folder of its own.
  init(access: ServerAccess, checkpoint: String, folder: URL, program: URL, recorder: RunRecorder) throws {
    guard case .token(let token) = access.credential else { throw LoadFailure("a lane of its own needs a token") }
    try PrivateFolder.make(folder)
    log = folder.appending(path: "scan.log")
    let authority = access.authorityPath.map { ["--ca", $0] } ?? []
    process = try LaneProcess(
      ["--checkpoint", checkpoint, "--server", "\(access)", "--direction", "in"] + authority,
      data: folder,
      environment: ["LANYARD_TOKEN": token],
      program: program,
      errors: log
    )
    (work, more) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.recorder = recorder
  }

  var isIdle: Bool { pending.isEmpty }
  /// Its process shows that of each answer, and nothing between two.
  var isOffline: Bool { false }

  func send(_ scans: [PlannedScan]) {
    pending.append(scans)
    more.yield(())
  }

  /// All that is not typed yet at once, and one after the other, so that answers come in the order in which scans stand here.
  private func typeAll() async {
    while true {
      let now = recorder.now
      var codes: [String] = []
      while let scan = pending.handOn(at: now) {
        recorder.noteSent(scan.observation)
        codes.append(scan.code)
      }
      guard !codes.isEmpty else { return }
      let (process, typed) = (process, codes)
      // A pipe that is full, because the lane is frozen, keeps a thread of its own waiting and no other; of a lane that is
      // gone no answer comes.
      _ = try? await onThreadOfItsOwn { process.type(typed) }
    }
  }

  nonisolated func run() async throws {
    let answers = process.answers()
    let (hasEnded, isKilled) = await withTaskGroup(of: Void.self) { group in
      group.addTask { for await shown in answers { await self.take(shown) } }
      group.addTask { for await _ in self.work { await self.typeAll() } }
      // Both go on until they are cancelled, but for a process that has ended by itself.
      await group.next()
      let hasEnded = !Task.isCancelled
      group.cancelAll()
      process.thaw()
      let process = process
      // Its status says what waits on it, which the audit finds anyway.
      let status = try? await onThreadOfItsOwn { process.finish(within: Self.endTime) }
      return (hasEnded, status == nil)
    }
    await giveUp()
    if !hasEnded, isKilled {
      throw LoadFailure(
        "its process did not end within \(TimeSpan.words(Self.endTime)), and was killed; \(ServerProcess.lastWords(log))"
      )
    }
    if hasEnded { throw LoadFailure("its process has ended by itself: \(endWords)") }
  }

  /// How its process has ended, and the last that it said.
  nonisolated var endWords: String {
    "\(process.endWords ?? "it answers no more"); \(ServerProcess.lastWords(log))"
  }

  private func giveUp() {
    for scan in pending.giveUp() { recorder.record(scan.observation) }
  }

  private func take(_ shown: LaneProcess.Shown) {
    guard var observation = pending.takeFirst()?.observation else {
      return recorder.noteStray("a lane showed an answer for the scan \(shown.scan), which nobody typed")
    }
    (observation.answered, observation.readAt) = (recorder.now, nil)
    // The process makes the ids of its scans itself.
    if let id = UUIDBytes(shown.scan) { observation.id = id }
    observation.outcome =
      shown.cameTo.map { .answered($0, offline: shown.offline) }
      ?? .failed(
        shown.answer == LaneProcess.Shown.notRecorded
          ? shown.reason ?? shown.answer : Observation.Outcome.unknownAnswer,
        byServer: !shown.offline
      )
    // Its screen shows the name and nothing else of the person.
    if observation.isAnswered { observation.facts = ScanFacts(shown: shown.name ?? "") }
    // A lane shows the id under which it has decided, not the one that it takes back.
    observation.mayHaveReplaced = shown.offline
    recorder.record(observation)
  }
}
