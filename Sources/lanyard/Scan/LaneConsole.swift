import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// A lane on a whole terminal: hands keys and what the lane tells to its desk, does what that says, and draws it.
actor LaneConsole {
  private static let refresh = Duration.milliseconds(200)
  /// How long after an Escape it is known to be no longer sequence.
  private static let escapeTime = Duration.milliseconds(50)
  /// How long after the server's counts ended it is asked for them again.
  private static let countInterval = Duration.seconds(2)

  private let lane: Lane
  private let place: LanePlace
  private let phrasebook: Phrasebook
  private let clock = LaneClock.system
  private var desk: LaneDesk
  private var terminal: Terminal?
  /// What is to be rung next: a sound lasts, and keeps no answer from the screen.
  private let bells = AsyncStream.makeStream(of: [Duration].self, bufferingPolicy: .bufferingNewest(1))

  init(lane: Lane, place: LanePlace, direction: Direction?, operatorName: String, readyAfter: Duration) {
    self.lane = lane
    self.place = place
    phrasebook = .of(place.language)
    desk = LaneDesk(
      checkpoint: place.checkpoint,
      title: place.displayName,
      mayOverride: place.mayOverride,
      direction: direction,
      operatorName: operatorName,
      readyAfter: readyAfter,
      in: phrasebook
    )
  }

  /// Runs until the operator quits, or the lane is asked to end; returns how the scans went.
  func run(until ending: EndRequest) async -> ExitStatus {
    do throws(TerminalError) {
      terminal = try Terminal(endings: EndRequest.others)
    } catch {
      Console.error(error.sentence, phrasebook)
      return .usage
    }
    defer { terminal?.close() }
    // Each says whether the operator has quit.
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await answer in self.lane.answers { await self.show(answer) }
        return false
      }
      // A bell that cannot be rung says nothing that the screen does not say.
      group.addTask {
        for await bell in self.bells.stream { try? await Bell.ring(bell, on: STDOUT_FILENO) }
        return false
      }
      group.addTask {
        while !Task.isCancelled {
          // A single key that answers whether to quit is known for an answer when nothing follows it.
          if await self.act(self.rest()) { return true }
          await self.draw()
          await Task.pause(Self.refresh)
        }
        return false
      }
      group.addTask {
        while !Task.isCancelled {
          await self.watchCounts()
          await Task.pause(Self.countInterval)
        }
        return false
      }
      group.addTask {
        await self.takeKeys()
        return true
      }
      group.addTask {
        await ending.wait(for: self.lane)
        return true
      }
      for await hasQuit in group where hasQuit { break }
      terminal?.close()
      await lane.close()
      group.cancelAll()
    }
    return desk.hasFailed ? .unreachable : desk.hasRefused ? .negative : .done
  }

  // MARK: - Keys

  private func takeKeys() async {
    var reader = KeyReader()
    for await input in KeyboardInput.chunks(silence: Self.escapeTime) {
      let keys =
        switch input {
        case .bytes(let bytes): reader.read(bytes)
        case .silence: reader.flush()
        }
      for key in keys {
        if await act(desk.press(key, at: clock.now)) { return }
      }
      if case .silence = input, await act(rest()) { return }
      await draw()
    }
  }

  /// Does what the desk says; returns whether that is to quit.
  private func act(_ action: LaneDesk.Action?) async -> Bool {
    switch action {
    case .quit?: return true
    case .submit(let readings)?:
      // What is being read is seen before its answer.
      await draw()
      for reading in readings { await lane.submit(reading) }
    case .search(let words, let page)?: await search(words, page)
    case .undo(let scans)?: await undo(scans)
    case nil: break
    }
    return false
  }

  /// What is to be done of what was typed, where nothing was typed up to now.
  private func rest() -> LaneDesk.Action? { desk.rest(at: clock.now) }

  private func search(_ words: String, _ page: String) async {
    guard await lane.state == .online, let client = await lane.client else {
      return desk.say(Sentence(.noticeLookUpOffline))
    }
    do {
      var options = CallOptions.defaults
      options.timeout = .seconds(2)
      let service = Lanyard_V1_CheckInService.Client(wrapping: client)
      let answer = try await service.searchAttendees(
        .with {
          $0.parent = ResourceName.event(place.checkpoint.event).description
          ($0.query, $0.pageToken) = (words, page)
        },
        options: options
      )
      desk.found(answer, by: words, page: page)
    } catch {
      desk.notFound(error)
    }
  }

  private func undo(_ scans: [UUIDBytes]) async {
    var done: [UUIDBytes] = []
    do {
      for scan in scans {
        try await lane.undo(scan)
        done.append(scan)
      }
      desk.tookBack(done)
    } catch {
      desk.tookBack(done)
      desk.say(failure: error)
    }
  }

  // MARK: - The screen

  private func show(_ answer: LaneAnswer) async {
    let tone = desk.show(answer, at: clock.now)
    await draw()
    _ = await act(desk.followUp())
    if let tone { bells.continuation.yield(Bell.pattern(for: tone)) }
  }

  private func draw() async {
    guard let terminal else { return }
    let standing = await lane.standing
    desk.refresh(standing, at: clock.now)
    let size = terminal.size
    terminal.draw(desk.view.rows(width: size.columns, height: size.rows, colour: Console.hasColour))
  }

  /// Follows how many are inside by the server, while it is reached.
  private func watchCounts() async {
    guard await lane.state == .online, let client = await lane.client else { return }
    let request = Lanyard_V1_WatchAttendanceRequest.with {
      $0.name = ResourceName.attendance(of: place.checkpoint.event).description
      $0.checkpoint = place.checkpoint.name.description
    }
    // Where the server does not say, the lane's own record does.
    try? await Lanyard_V1_AttendanceService.Client(wrapping: client).watchAttendance(request) { response in
      for try await message in response.messages { await self.take(message) }
    }
    desk.take(nil)
  }

  private func take(_ message: Lanyard_V1_WatchAttendanceResponse) {
    if let counts = message.attendance.checkpoints.first { desk.take(counts) }
  }
}
