import LanyardDomain

@testable import LanyardLoad

extension PlantedFault {
  /// What was on record before the run, what was taken back, and when each was read.
  static let ledger = [
    PlantedFault("a scan on record as read at another moment", ["wrong": 1], told: ["as read at another moment"]) {
      $0.observations[7].readAt = AuditFixture.start
      $0.after.scans[7].readAt = AuditFixture.start + .microseconds(1)
    },
    PlantedFault(
      "a scan of before the run twice",
      ["double": 1],
      told: ["A scan of before the run is on record twice", "\(AuditFixture.id(900))"]
    ) {
      $0.letInBefore()
      $0.after.scans.append($0.before.scans[0])
    },
    PlantedFault("a scan of before the run changed", ["wrong": 1], told: ["A scan of before the run was changed"]) {
      $0.letInBefore()
      $0.after.scans[0].happened = $0.before.scans[0].happened + .seconds(1)
    },
    PlantedFault(
      "a scan of before the run gone",
      ["lost": 1],
      told: ["\(AuditFixture.id(900)) of before the run is gone"]
    ) {
      $0.scanBefore(badge: 5, $0.venue.doors[0].name)
      $0.after.scans.remove(at: 0)
    },
    PlantedFault(
      "a scan that was taken back twice",
      ["double": 1],
      told: ["A scan that was taken back is on record twice"]
    ) {
      let place = $0.firstTry(.admitted)
      $0.after.scans.append($0.after.scans[place])
    },
    PlantedFault(
      "a scan that was taken back and stands",
      ["double": 2],
      told: ["A scan stands though its lane took it back", "The person is inside twice"]
    ) {
      let place = $0.firstTry(.admitted)
      $0.after.scans[place].undone = nil
    },
  ]

  /// Who enters another room leaves the first.
  static let rooms = [
    PlantedFault(
      "one counted in the room that they left for another",
      ["miscounted": 1],
      told: ["Room 1 counts 2 inside; 1 are"]
    ) {
      $0.changeRooms()
      $0.count(2, inside: 1, admitted: 0)
    },
    PlantedFault(
      "FULL of a room from which somebody went to another",
      ["wrong": 1],
      told: ["By the rules ADMITTED was right", "answered FULL"]
    ) {
      $0.changeRooms()
      $0.scan(.badge(2), 2, at: 32, .refused(.full))
    },
    PlantedFault(
      "ALREADY_INSIDE of a room that somebody left for another",
      ["wrong": 1],
      told: ["By the rules ADMITTED was right", "answered ALREADY_INSIDE"]
    ) {
      $0.changeRooms()
      $0.scan(.badge(5), 2, at: 32, .refused(.alreadyInside))
    },
  ]

  /// What no lane may say by itself, and what explains no answer.
  static let unfounded = [
    PlantedFault(
      "FULL of a lane into whose room fewer had come",
      ["wrong": 1],
      told: ["It was not FULL: fewer had ever come in"]
    ) { $0.scan(.badge(5), 2, at: 4.5, .refused(.full), offline: true) },
    PlantedFault("a reason that no lane can know", ["wrong": 1], told: ["It was not for the lane to say so"]) {
      $0.scan(.badge(5), 1, at: 20, .refused(.held), offline: true)
    },
    PlantedFault("ALREADY_INSIDE without since when", ["wrong": 1], told: ["does not say when the person was admitted"])
    {
      $0.observations[2].facts?.earlier = nil
      $0.after.scans[2].facts?.earlier = nil
    },
    PlantedFault("one too many in a room by uploads", ["wrong": 1], told: ["It was FULL, and no conflict names it"]) {
      $0.scan(.badge(2), 2, at: 20, .admitted, offline: true)
      $0.scan(.badge(3), 2, at: 21, .admitted, offline: true)
      $0.count(2, inside: 2, admitted: 2)
    },
  ]
}

extension AuditFixture {
  /// Fay is let into room 1, where Ada is, and then into room 2; so the record has it, and counts.
  fileprivate mutating func changeRooms() {
    venue.people[5] = Venue.Person(registration: venue.people[5].registration, displayName: "fay", group: "press")
    scan(.badge(5), 2, at: 30, .admitted)
    scan(.badge(5), 3, at: 31, .admitted)
    count(2, inside: 0, admitted: 1)
    count(3, inside: 1, admitted: 1)
    after.peopleInside += 1
  }

  /// Fay was let in at lane 1 before the run.
  fileprivate mutating func letInBefore() {
    scanBefore(badge: 5, venue.doors[0].name)
    count(0, inside: 1, admitted: 1)
    after.peopleInside += 1
  }
}
