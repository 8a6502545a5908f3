import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import SwiftProtobuf

/// Plays steps at their times.
struct RunPlayer: Sendable {
  let venue: Venue
  let lanes: [any PlayedLane]
  let doorOfLane: [Int]
  let recorder: RunRecorder
  /// For calls beside the lanes' streams.
  let desk: ServerClient
  let seed: UInt64
  let loop: Scenario.Loop
  /// A part of the addresses of this run's walk-ins that no other run has, so that a server can be played on again.
  private let run = String(UInt64.random(in: .min ... .max), radix: 36)

  /// In a closed loop, how long nothing at all may end before what is left of the steps is given up.
  var patience = Duration.seconds(60)

  /// Plays all steps; returns when each has been sent, and no sooner than at `end`; in a closed loop when each has ended, or nothing
  /// ends any more.
  func play(_ steps: [RunStep], until end: Duration) async {
    await play(steps)
    // Where nothing is due any more, whoever watches is measured yet. A cancelled sleep is over.
    try? await ContinuousClock().sleep(until: recorder.start + end, tolerance: .zero)
  }

  /// The same, whenever that is.
  func play(_ steps: [RunStep]) async {
    let byLane = Dictionary(grouping: steps, by: \.lane)
    switch loop {
    case .open:
      await withDiscardingTaskGroup { group in
        for (lane, steps) in byLane { group.addTask { await play(steps, at: lane) } }
      }
    case .closed(let window):
      await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          await withDiscardingTaskGroup { group in
            for (lane, steps) in byLane { group.addTask { await play(steps, at: lane, window: window) } }
          }
          return true
        }
        group.addTask {
          await waitUntilNothingEnds()
          return false
        }
        // Whichever is first; the other is over then.
        if await group.next() == false, !Task.isCancelled { recorder.noteGivenUp() }
        group.cancelAll()
      }
    }
  }

  /// Returns when nothing has ended for as long as this player is patient, or when it is cancelled.
  private func waitUntilNothingEnds() async {
    var (count, since) = (recorder.endingCount, ContinuousClock.now)
    while !Task.isCancelled, since.duration(to: .now) < patience {
      await Task.pause(min(.seconds(1), patience))
      let now = recorder.endingCount
      if now != count { (count, since) = (now, .now) }
    }
  }

  /// Plays the steps of one lane, so many at the same time, each as soon as one before has ended.
  private func play(_ steps: [RunStep], at lane: Int, window: Int) async {
    await withDiscardingTaskGroup { group in
      var endings = recorder.endings(at: lane).makeAsyncIterator()
      var underWay = 0
      for step in steps {
        // A cancelled wait is over; then what is left is not played.
        while underWay >= max(1, window), await endings.next() != nil { underWay -= 1 }
        if Task.isCancelled { return }
        underWay += 1
        var step = step
        step.due = recorder.now
        let next = step
        switch step.act {
        case .scan(let subject): await lanes[lane].send([scan(next, subject, code: code(subject, next))])
        case .lookUp(let badge): group.addTask { await lookUp(badge, next) }
        case .register(let badge): group.addTask { await register(badge, next) }
        }
      }
      while underWay > 0, await endings.next() != nil { underWay -= 1 }
    }
  }

  /// Plays the steps of one lane, which are in the order in which they are due.
  private func play(_ steps: [RunStep], at lane: Int) async {
    await withDiscardingTaskGroup { group in
      var next = 0
      while next < steps.count {
        // A cancelled sleep is over; then what is left is not played.
        try? await ContinuousClock().sleep(until: recorder.start + steps[next].due, tolerance: .zero)
        if Task.isCancelled { break }
        var scans: [PlannedScan] = []
        let now = recorder.now
        while next < steps.count, scans.count < RequestLimit.scans, steps[next].due <= now {
          let step = steps[next]
          next += 1
          switch step.act {
          case .scan(let subject): scans.append(scan(step, subject, code: code(subject, step)))
          case .lookUp(let badge): group.addTask { await lookUp(badge, step) }
          case .register(let badge): group.addTask { await register(badge, step) }
          }
        }
        if !scans.isEmpty { await lanes[lane].send(scans) }
      }
    }
  }

  private func scan(_ step: RunStep, _ subject: Observation.Subject, code: String) -> PlannedScan {
    let now = Instant(Date())
    var observation = Observation(
      id: .timeOrdered(at: now),
      door: doorOfLane[step.lane],
      lane: step.lane,
      subject: subject,
      isOut: step.isOut,
      expected: step.expected,
      due: step.due,
      through: step.due + step.service
    )
    observation.readAt = now
    return PlannedScan(observation: observation, code: code)
  }

  /// What the reader reads.
  private func code(_ subject: Observation.Subject, _ step: RunStep) -> String {
    switch subject {
    case .badge(let index):
      return index < venue.badges.count ? venue.badges[index].code : ""
    case .forged:
      // A good badge's code of which one letter of the signature is another.
      let code = venue.badges[Int(step.due / .microseconds(1)) % venue.badges.count].code
      let place = code.index(code.endIndex, offsetBy: -20)
      return code.replacingCharacters(in: place...place, with: code[place] == "A" ? "B" : "A")
    case .unreadable:
      return "WIFI:S:forum-guests;T:WPA;P:\(step.due / .microseconds(1));;"
    }
  }

  /// Somebody without a badge is looked up by name, and let in.
  private func lookUp(_ badge: Int, _ step: RunStep) async {
    let person = venue.people[venue.badges[badge].person]
    do {
      let match = try await NameSearch(desk, event: venue.event).match(person)
      let event = try ResourceName.eventSlug(venue.event, field: "event")
      recorder.record(RunOperation.search, due: step.due)
      var found = scan(step, .badge(badge), code: "")
      found.badge = match.attendee.badge.map { .badge($0, of: event) }
      found.observation.due = recorder.now
      await lanes[step.lane].send([found])
    } catch {
      recorder.record(RunOperation.search, due: step.due, error: error)
      recorder.noteEnded(at: step.lane)
    }
  }

  /// Who registers on the spot and gets the badge of this index: the same person for the same seed, at another address in
  /// each run.
  func walkIn(_ badge: Int) -> Lanyard_V1_Registration {
    var invented = InventedPeople(seed: seed &+ UInt64(badge), label: "walk-in-\(run)-\(badge)-")
    return invented.next(groups: [venue.people[badge % venue.people.count].group], isOnsite: true)
  }

  /// Somebody registers on the spot, gets a badge and goes in.
  private func register(_ badge: Int, _ step: RunStep) async {
    var (operation, due) = (RunOperation.register, step.due)
    let invented = walkIn(badge)
    var made = MadeRegistration(sent: invented)
    defer { recorder.note(made) }
    do {
      let registration = try await Lanyard_V1_RegistrationService.Client(wrapping: desk).createRegistration(
        .with {
          $0.parent = venue.event
          $0.registration = invented
          $0.requestID = UUID().uuidString.lowercased()
        }
      )
      recorder.record(operation, due: due)
      (made.name, made.answered) = (registration.name, registration)
      // Where the event is full, or somebody has to agree first, there is no badge yet, and nobody goes in.
      if registration.state == .waitlisted || registration.state == .submitted {
        recorder.noteWithoutBadge()
        return recorder.noteEnded(at: step.lane)
      }
      (operation, due, made.asksBadge) = (RunOperation.issueBadge, recorder.now, true)
      let issued = try await Lanyard_V1_BadgeService.Client(wrapping: desk).issueBadge(
        .with { $0.registration = registration.name }
      )
      recorder.record(operation, due: due)
      made.badge = issued
      recorder.noteRegistered(badge, issued, Venue.Person(registration))
      var scan = scan(step, .badge(badge), code: issued.code)
      scan.observation.due = recorder.now
      await lanes[step.lane].send([scan])
    } catch {
      recorder.record(operation, due: due, error: error)
      recorder.noteEnded(at: step.lane)
    }
  }
}
