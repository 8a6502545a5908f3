import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// A lane on a whole terminal: takes keys, shows the lane, and does what the operator asks for.
actor LaneConsole {
  private static let refresh = Duration.milliseconds(200)
  /// How long after an Escape it is known to be no longer sequence.
  private static let escapeTime = Duration.milliseconds(50)
  /// How often the lane's own record is counted, and how long after the server's ended it is asked for them again.
  private static let countInterval = Duration.seconds(2)

  private let lane: Lane
  private let place: LanePlace
  private let phrasebook: Phrasebook
  private var controls: LaneControls
  private var view: LaneView
  private var zone = VenueTime(zone: "UTC")
  private var terminal: Terminal?
  /// The last answers, latest last: what the operator may be asked about.
  private var answered: [LaneAnswer] = []
  private var found: [Lanyard_V1_SearchAttendeesResponse.Match] = []
  /// What is to be rung next: a sound lasts, and keeps no answer from the screen.
  private let bells = AsyncStream.makeStream(of: [Duration].self, bufferingPolicy: .bufferingNewest(1))
  /// People inside by the server, and the limit; nil while it tells none.
  private var watched: (inside: Int, capacity: Int?)?
  private var hasRefused = false
  private var hasFailed = false

  init(lane: Lane, place: LanePlace, direction: Lanyard_V1_Direction, operatorName: String) {
    self.lane = lane
    self.place = place
    phrasebook = .of(place.language)
    controls = LaneControls(direction: direction, operatorName: operatorName, in: phrasebook)
    view = LaneView(
      title: place.displayName,
      event: ResourcePart.event(of: place.checkpoint),
      clock: "",
      direction: "",
      link: .connecting
    )
    view.language = place.language
  }

  /// Runs until the operator quits; returns how the scans went.
  func run() async -> ExitStatus {
    do throws(TerminalError) {
      terminal = try Terminal()
    } catch {
      Console.error(error.sentence, phrasebook)
      return .usage
    }
    defer { terminal?.close() }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await answer in self.lane.answers { await self.show(answer) } }
      // A bell that cannot be rung says nothing that the screen does not say.
      group.addTask { for await bell in self.bells.stream { try? await Bell.ring(bell, on: STDOUT_FILENO) } }
      group.addTask {
        while !Task.isCancelled {
          await self.draw()
          await Task.pause(Self.refresh)
        }
      }
      group.addTask {
        while !Task.isCancelled {
          await self.count()
          await Task.pause(Self.countInterval)
        }
      }
      group.addTask {
        while !Task.isCancelled {
          await self.watchCounts()
          await Task.pause(Self.countInterval)
        }
      }
      await takeKeys()
      await lane.close()
      group.cancelAll()
    }
    terminal?.close()
    return hasFailed ? .unreachable : hasRefused ? .negative : .done
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
        guard let action = controls.press(key, subject) else { continue }
        if action == .quit { return }
        await carryOut(action)
      }
      await draw()
    }
  }

  private var subject: LaneControls.Subject {
    var subject = LaneControls.Subject()
    guard let last = answered.last, let checkIn = last.checkIn else { return subject }
    let name = checkIn.attendee.displayName.isEmpty ? phrasebook.text(.promptThisBadge) : checkIn.attendee.displayName
    let id = last.reading.id
    subject.mayOverride = place.mayOverride
    if checkIn.answer == .refused && checkIn.hasAttendee { subject.refused = .init(id: id, name: name) }
    subject.undoable = .init(id: id, name: scanText(checkIn.answer.title, name))
    return subject
  }

  private func carryOut(_ action: LaneControls.Action) async {
    switch action {
    case .quit: break
    case .scan(let line):
      let readings = WedgeReading.readings(in: line)
      for typed in readings {
        if let notice = typed.notice(isAlone: readings.count == 1) { say(notice) }
        await lane.submit(reading(typed))
      }
    case .search(let words): await search(words)
    case .choose(let position):
      guard found.indices.contains(position), !found[position].badge.isEmpty else {
        return say(Sentence(.noticeNoBadgeYet))
      }
      var reading = reading(.code("", layout: nil))
      reading.badge = found[position].badge
      await lane.submit(reading)
    case .override(let scan, let note, let operatorName):
      guard let refused = answered.last(where: { $0.reading.id == scan })?.reading else { return }
      var reading = reading(.code(refused.code, layout: nil))
      reading.badge = refused.badge
      reading.override = .with { ($0.note, $0.operator) = (note, operatorName) }
      await lane.submit(reading)
    case .undo(let scan): await undo(scan)
    }
  }

  private func say(_ sentence: Sentence) { controls.say(phrasebook.text(sentence)) }

  /// An answer with who it was about.
  private func scanText(_ answer: Sentence.Key, _ name: String) -> String {
    phrasebook.text(Sentence(.promptScan, ["answer": .sentence(Sentence(answer)), "name": .text(name)]))
  }

  private func reading(_ typed: WedgeReading) -> LaneSession.Reading {
    LaneSession.Reading(typed, direction: controls.direction, readAt: Instant(Date()))
  }

  private func search(_ words: String) async {
    guard await lane.state == .online, let client = await lane.client else {
      return say(Sentence(.noticeLookUpOffline))
    }
    do {
      var options = CallOptions.defaults
      options.timeout = .seconds(2)
      let service = Lanyard_V1_CheckInService.Client(wrapping: client)
      let answer = try await service.searchAttendees(
        .with {
          $0.parent = ResourceName.event(ResourcePart.event(of: place.checkpoint)).description
          $0.query = words
        },
        options: options
      )
      found = answer.matches
      controls.found(answer.matches.map(choice))
      if answer.truncated {
        let count = Int(answer.totalSize)
        say(count < 1000 ? Sentence(.noticeManyFound, ["count": .count(count)]) : Sentence(.noticeThousandFound))
      }
    } catch let error as RPCError where error.code == .permissionDenied {
      say(Sentence(.noticeLookUpDenied))
    } catch {
      say(failure: error)
    }
  }

  private func choice(_ match: Lanyard_V1_SearchAttendeesResponse.Match) -> String {
    let person = match.attendee
    let badge = match.badge.isEmpty ? phrasebook.text(.markNoBadge) : ""
    let group = person.groupNames(.none, in: phrasebook.language).first ?? ""
    return [person.displayName, person.organisation, group, badge].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private func undo(_ scan: UUIDBytes) async {
    guard let index = answered.lastIndex(where: { $0.reading.id == scan }) else { return }
    let checkIn = answered[index].checkIn
    do {
      try await lane.undo(scan)
      let taken = scanText(checkIn?.answer.title ?? .promptTheScan, checkIn?.attendee.displayName ?? "")
      say(Sentence(.noticeTakenBack, ["scan": .text(taken)]))
      if answered.last?.reading.id == scan { view.last = nil }
      answered.removeAll { $0.reading.id == scan }
      await count()
    } catch {
      say(failure: error)
    }
  }

  /// Says why something failed; of several fields at fault, the first.
  private func say(failure error: any Error) {
    let fields = (error as? RPCError).map { CallFailure($0).fields } ?? []
    say(fields.first.map { .told($0.reason) } ?? .of(error))
  }

  // MARK: - The screen

  private func show(_ answer: LaneAnswer) async {
    let shown = LaneView.Answer(answer, clock: zone, in: phrasebook)
    if let before = view.last { view.recent = [before] + view.recent.prefix(LaneView.recentLimit - 1) }
    view.last = shown
    answered = answered.suffix(LaneView.recentLimit) + [answer]
    if case .failed = answer.outcome { hasFailed = true }
    if answer.checkIn?.answer == .refused { hasRefused = true }
    await draw()
    bells.continuation.yield(Bell.pattern(for: shown.tone))
  }

  /// Forgets those who were erased.
  private func forget(_ people: Set<String>) {
    func isGone(_ person: Lanyard_V1_CheckIn.Attendee) -> Bool {
      people.contains(ResourcePart.last(of: person.registration))
    }
    view.forget(people)
    answered.removeAll { $0.checkIn.map { isGone($0.attendee) } ?? false }
    guard found.contains(where: { isGone($0.attendee) }) else { return }
    found.removeAll { isGone($0.attendee) }
    controls.found(found.map(choice))
  }

  private func draw() async {
    guard let terminal else { return }
    let erased = await lane.erased
    if !erased.isEmpty { forget(erased) }
    await refreshPlace()
    view.clock = zone.timeWithSeconds(await lane.now)
    view.rehearsal = await lane.isRehearsal ? .moment(await lane.now, zone) : nil
    view.direction =
      switch controls.direction {
      case .in: phrasebook.text(.directionIn)
      case .out: phrasebook.text(.directionOut)
      case .unspecified, .UNRECOGNIZED: phrasebook.text(.directionAsDoor)
      }
    switch await lane.state {
    case .connecting: view.link = .connecting
    case .online:
      let waiting = await lane.waiting
      view.link = waiting == 0 ? .online : .uploading(waiting: waiting)
    case .uploading(let waiting): view.link = .uploading(waiting: waiting)
    case .offline(let since, let waiting): view.link = .offline(since: zone.timeOfDay(since), waiting: waiting)
    case .refused(let why):
      view.link = .refused(waiting: await lane.waiting)
      say(why)
    case .revoked:
      view.link = .revoked(waiting: await lane.waiting)
      say(await lane.notice ?? Sentence(.laneRevoked))
    }
    view.prompt = controls.prompt
    view.notice = await notice
    let size = terminal.size
    terminal.draw(view.rows(width: size.columns, height: size.rows, colour: Console.hasColour))
  }

  /// What the operator should know, the most pressing first.
  private var notice: String? {
    get async {
      if let said = controls.notice { return said }
      var known = await lane.missingTimeZone
      if known == nil { known = await lane.trouble }
      if known == nil { known = await lane.notice }
      return known.map { phrasebook.text($0) }
    }
  }

  /// Takes names and time zone from the plan, once the lane has it.
  private func refreshPlace() async {
    guard let plan = await lane.plan,
      let door = plan.checkpoints.values.first(where: { $0.id == ResourcePart.last(of: place.checkpoint) })
    else { return }
    view.title = door.displayName
    view.event = plan.event.title.text(in: place.language)
    zone = VenueTime(zone: door.timeZone)
  }

  /// Follows how many are inside by the server, while it is reached.
  private func watchCounts() async {
    guard await lane.state == .online, let client = await lane.client else { return }
    let request = Lanyard_V1_WatchAttendanceRequest.with {
      $0.name = ResourceName.attendance(of: ResourcePart.event(of: place.checkpoint)).description
      $0.checkpoint = place.checkpoint
    }
    // Where the server does not say, the lane's own record does.
    try? await Lanyard_V1_AttendanceService.Client(wrapping: client).watchAttendance(request) { response in
      for try await message in response.messages { await self.take(message) }
    }
    watched = nil
  }

  private func take(_ message: Lanyard_V1_WatchAttendanceResponse) async {
    guard let counts = message.attendance.checkpoints.first else { return }
    watched = (Int(counts.areaInside), counts.hasCapacity ? Int(counts.capacity) : nil)
    await count()
  }

  /// Shows how many are inside: by the server, or by the lane's own record while it is not reached.
  private func count() async {
    if await lane.state == .online, let watched {
      (view.inside, view.capacity) = watched
    } else if let own = await lane.headcount {
      (view.inside, view.capacity) = (own.inside, own.capacity)
    }
  }
}
