import LanyardDomain

@testable import LanyardLoad

extension PlantedFault {
  /// What lanes and the server do when they hear too late of each other, and answers that nobody can read.
  static let lanes =
    letIn + [
      PlantedFault(
        "a lane that lets in whom another had let in long before, with its conflict",
        ["wrong": 1],
        told: ["must have heard that the person was let in as number 6"]
      ) { $0.admitAfterHearing(5) },
      PlantedFault(
        "a first try at another door",
        ["wrong": 1],
        told: ["at another door, with which a lane first tried"]
      ) {
        let place = $0.firstTry(.admitted)
        $0.after.scans[place].door = $0.venue.doors[1].name
      },
      PlantedFault("a first try of another badge", ["wrong": 1], told: ["of another badge, with which"]) {
        let place = $0.firstTry(.admitted)
        $0.after.scans[place].badge = $0.venue.badges[6].name
      },
      PlantedFault("a first try the other way", ["wrong": 1], told: ["the other way, with which"]) {
        let place = $0.firstTry(.admitted)
        $0.after.scans[place].isOut = true
      },
      PlantedFault("a first try against the rules", ["wrong": 1], told: ["ADMITTED was right at the first try"]) {
        _ = $0.firstTry(.refused(.alreadyInside))
      },
      PlantedFault("a first try as the lane's own answer", ["wrong": 1], told: ["as the lane's own answer"]) {
        let place = $0.firstTry(.admitted)
        $0.after.scans[place].isOffline = true
      },
      PlantedFault("a new conflict of a scan of before the run", ["wrong": 1], told: ["names it for FULL"]) {
        $0.scanBefore(badge: 5, $0.venue.doors[0].name)
        $0.count(0, inside: 1, admitted: 1)
        $0.after.peopleInside += 1
        $0.after.conflicts[AuditFixture.id(900)] = ["FULL"]
      },
      PlantedFault(
        "a false conflict before a right one of the same scan",
        ["wrong": 1],
        told: ["names it for FULL", "in a conflict for ALREADY_INSIDE and FULL"]
      ) { $0.after.conflicts[AuditFixture.id(12)] = ["FULL", "ALREADY_INSIDE"] },
      PlantedFault(
        "one inside twice who is named for something else",
        ["double": 1, "wrong": 1],
        told: ["no conflict names it", "names it for FULL"]
      ) { $0.after.conflicts[AuditFixture.id(12)] = ["FULL"] },
      PlantedFault("one of two conflicts of before the run gone", ["wrong": 1], told: ["for TOO_SOON is gone"]) {
        $0.scanBefore(badge: 5, $0.venue.doors[0].name)
        $0.count(0, inside: 1, admitted: 1)
        $0.after.peopleInside += 1
        $0.before.conflicts[AuditFixture.id(900)] = ["TOO_SOON", "FULL"]
        $0.after.conflicts[AuditFixture.id(900)] = ["FULL"]
      },
      PlantedFault("an answer that nobody can read", ["wrong": 1], told: ["answer cannot be read", "UNKNOWN_ANSWER"]) {
        $0.observations[7].outcome = .failed("UNKNOWN_ANSWER", byServer: false)
      },
      PlantedFault("an answer without an outcome", ["wrong": 1], told: ["answer cannot be read", "not on record"]) {
        $0.observations[7].outcome = .failed("NO_OUTCOME", byServer: false)
        $0.after.scans.remove(at: 7)
      },
      PlantedFault("an answer that a lane cannot read", ["wrong": 1], told: ["answer cannot be read", "NEEDS_UPDATE"]) {
        $0.observations[7].outcome = .failed("NEEDS_UPDATE", byServer: true)
        $0.after.scans.remove(at: 7)
      },
    ]

  /// Whom every lane has to turn away by what it knew before the run, with the conflict by which the server names it.
  private static let letIn = [
    letIn("FORGED", .forged), letIn("UNREADABLE", .unreadable), letIn("REVOKED", .badge(6)),
    letIn("REPLACED", .badge(7)), letIn("NOT_ADMITTED_HERE", .badge(2), door: 3),
  ]

  private static func letIn(_ reason: String, _ subject: Observation.Subject, door: Int = 1) -> PlantedFault {
    PlantedFault("\(reason) let in by a lane, with its conflict", ["wrong": 1], told: ["\(reason) was right"]) {
      $0.venue.badges.append(
        Venue.Badge(name: "events/e/badges/old", code: "secret old", state: .replaced, person: 5)
      )
      $0.scan(subject, door, at: 20, .admitted, offline: true)
      $0.after.conflicts[AuditFixture.id(14)] = [reason]
      guard case .badge(let badge) = subject else { return }
      $0.count(door, inside: 1, admitted: 1)
      if badge != 2 { $0.after.peopleInside += 1 }
    }
  }
}

extension AuditFixture {
  /// Fay is let in at lane 1 by itself, which takes back what the server had answered first; returns the place of that.
  mutating func firstTry(_ verdict: Answer) -> Int {
    let first = observations.count
    scan(.badge(5), 0, at: 20, verdict)
    scan(.badge(5), 0, at: 22, .admitted, offline: true)
    takeBack(first, for: first + 1, at: 30)
    count(0, inside: 1, admitted: 1)
    after.peopleInside += 1
    return first
  }
}
