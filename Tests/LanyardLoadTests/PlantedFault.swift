import LanyardDomain
import Testing

@testable import LanyardLoad

/// One way in which a server could be wrong.
struct PlantedFault: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let found: [String: Int]
  /// What the texts must have.
  let told: [String]
  let plant: @Sendable (inout AuditFixture) -> Void

  init(
    _ what: String,
    _ found: [String: Int],
    told: [String],
    plant: @escaping @Sendable (inout AuditFixture) -> Void
  ) {
    testDescription = what
    self.found = found
    self.told = told
    self.plant = plant
  }

  private static func scan(_ number: Int) -> String { "scan \(AuditFixture.id(number))" }

  static let all = record + rules + counts + offline + facts + lanes + ledger + rooms + unfounded

  private static let facts = [
    PlantedFault("another name on the screen", ["wrong": 1], told: [scan(0), "another name than is registered"]) {
      $0.observations[0].facts?.name = 1
    },
    PlantedFault(
      "another name on the screen of a lane alone",
      ["wrong": 1],
      told: [scan(12), "another name than is registered"]
    ) {
      $0.observations[12].facts?.name = 1
    },
    PlantedFault("another organisation on the screen", ["wrong": 1], told: [scan(0), "something else of the person"]) {
      $0.observations[0].facts?.person = 1
    },
    PlantedFault("another person's particulars on record", ["wrong": 1], told: [scan(12), "other particulars"]) {
      $0.after.scans[12].facts?.person = 1
    },
    PlantedFault("a microsecond between answer and record", ["wrong": 1], told: [scan(7), "The moment of recording"]) {
      let later = $0.after.scans[7].happened + .microseconds(1)
      $0.after.scans[7].facts?.received = later
    },
    PlantedFault("an upload an hour before it was scanned", ["wrong": 1], told: [scan(12), "received at another time"])
    {
      $0.after.scans[12].facts?.received = AuditFixture.start - .seconds(3600)
    },
    PlantedFault("another reporter on record", ["wrong": 1], told: [scan(12), "Another reporter"]) {
      $0.after.scans[12].facts?.reporter = ScanFacts.number("nobody")
    },
    PlantedFault("another admission on record than was told", ["wrong": 1], told: [scan(2), "The earlier admission"]) {
      $0.after.scans[2].facts?.earlier = nil
    },
    PlantedFault(
      "another admission told and on record",
      ["wrong": 1],
      told: [scan(2), "another admission than number 1"]
    ) {
      let wrong = ScanFacts.Earlier(
        admitted: $0.after.scans[0].happened - .seconds(3600),
        door: ScanFacts.number($0.venue.doors[0].name)
      )
      $0.observations[2].facts?.earlier = wrong
      $0.after.scans[2].facts?.earlier = wrong
    },
    PlantedFault("one who left as not having been inside", ["wrong": 1], told: [scan(8), "was not inside, who was"]) {
      $0.observations[8].facts?.wasNotInside = true
      $0.after.scans[8].facts?.wasNotInside = true
    },
    PlantedFault("a second reading on record", ["wrong": 1], told: [scan(13), "second reading"]) {
      $0.after.scans[13].facts?.isDoubleReading = true
    },
    PlantedFault(
      "a badge in no roster on record",
      ["wrong": 1],
      told: [scan(12), "in its roster is on record otherwise"]
    ) {
      $0.after.scans[12].facts?.isNotInRoster = true
    },
    PlantedFault("other circumstances on record", ["wrong": 1], told: [scan(10), "The explanation"]) {
      $0.after.scans[10].facts?.circumstances = 1
    },
  ]

  private static let record = [
    PlantedFault("an answer lost", ["lost": 1], told: [scan(7), "answered FORGED", "not on record"]) {
      $0.after.scans.remove(at: 7)
    },
    PlantedFault(
      "an admission lost",
      ["lost": 1, "miscounted": 1],
      told: [scan(1), "Lane 2 counts 2 admitted; 1 were"]
    ) { $0.after.scans.remove(at: 1) },
    PlantedFault("an answer doubled", ["double": 1], told: [scan(7), "on record as number 15"]) {
      $0.after.scans.append($0.after.scans[7])
    },
    PlantedFault("an answer changed on record", ["wrong": 1], told: [scan(7), "FORGED, and UNREADABLE is on record"]) {
      $0.after.scans[7].verdict = .refused(.unreadable)
    },
    PlantedFault("an answer changed on the wire", ["wrong": 1], told: [scan(10), "ADMITTED, and NOT_ADMITTED_HERE"]) {
      $0.answer(10, .admitted)
    },
    PlantedFault("another door on record", ["wrong": 1], told: [scan(7), "another door"]) {
      $0.after.scans[7].door = $0.venue.doors[1].name
    },
    PlantedFault("another badge on record", ["wrong": 1], told: [scan(9), "another badge"]) {
      $0.after.scans[9].badge = $0.venue.badges[5].name
    },
    PlantedFault("a scan invented", ["invented": 1], told: [scan(99), "Nobody of this run made this scan"]) {
      var scan = $0.after.scans[7]
      scan.id = AuditFixture.id(99)
      $0.after.scans.append(scan)
    },
    PlantedFault("another direction on record", ["wrong": 1], told: [scan(7), "on record the other way"]) {
      $0.after.scans[7].isOut = true
    },
    PlantedFault("an hour later on record", ["wrong": 1], told: [scan(7), "as of another time"]) {
      $0.after.scans[7].happened = $0.after.scans[7].happened + .seconds(3600)
    },
    PlantedFault("a moment before it was sent on record", ["wrong": 1], told: [scan(9), "as of another time"]) {
      $0.after.scans[9].happened = $0.after.scans[9].happened - .seconds(11)
    },
    PlantedFault("a scan on record that never left", ["wrong": 1], told: [scan(7), "never sent"]) {
      ($0.observations[7].sent, $0.observations[7].outcome) = (nil, .silent)
    },
    PlantedFault("a scan that was answered as not recorded", ["wrong": 1], told: [scan(7), "answered as not recorded"])
    {
      $0.observations[7].outcome = .failed("INTERNAL", byServer: true)
    },
    PlantedFault("an answer undone", ["lost": 1], told: [scan(9), "taken back"]) {
      $0.after.scans[9].undone = AuditFixture.start + .seconds(20)
    },
  ]

  private static let rules = [
    PlantedFault("an answer wrong by rule", ["wrong": 1], told: [scan(10), "NOT_ADMITTED_HERE was right"]) {
      $0.answer(10, .refused(.full))
      $0.after.scans[10].verdict = .refused(.full)
    },
    PlantedFault("an answer that was not planned", ["wrong": 1], told: [scan(5), "plan of the run REVOKED was right"]) {
      $0.observations[5].expected = [.refused(.revoked)]
    },
    PlantedFault(
      "an order against real time",
      ["wrong": 1],
      told: [scan(7), "stands after number 9, which was sent only after this one was answered"]
    ) { fixture in
      // The clock of the run is what tells; the server's own times may say anything.
      let late = fixture.after.scans.remove(at: 7)
      fixture.after.scans.insert(late, at: 9)
    },
    PlantedFault(
      "one already inside admitted",
      ["wrong": 1, "double": 1, "miscounted": 3],
      told: [scan(2), "ALREADY_INSIDE was right", "inside twice, since number 1 too"]
    ) {
      $0.answer(2, .admitted)
      $0.after.scans[2].verdict = .admitted
    },
    PlantedFault("one more admitted than a room takes", ["wrong": 1], told: [scan(6), "FULL was right"]) {
      $0.answer(6, .admitted)
      $0.after.scans[6].verdict = .admitted
      $0.count(2, inside: 1, admitted: 1)
    },
    PlantedFault("one refused from a room that has a place", ["wrong": 1], told: [scan(14), "ADMITTED was right"]) {
      $0.scan(.badge(2), 2, at: 20, .refused(.full))
    },
  ]

  private static let counts = [
    PlantedFault("inside off by one at a door", ["miscounted": 1], told: ["Lane 1 counts 3 inside; 2 are"]) {
      $0.count(0, inside: 1, admitted: 0)
    },
    PlantedFault("admitted off by one at a door", ["miscounted": 1], told: ["Room 1 counts 1 admitted; 2 were"]) {
      $0.count(2, inside: 0, admitted: -1)
    },
    PlantedFault("inside off by one where no lane stands", ["miscounted": 1], told: ["Zone counts 1 inside; 0 are"]) {
      $0.venue.doors.append(
        Venue.Door(
          name: "events/e/checkpoints/z",
          displayName: "Zone",
          area: "zone",
          isEntrance: false,
          isPlayed: false
        )
      )
      $0.after.counts["events/e/checkpoints/z"] = Record.Count(inside: 1, admitted: 0)
    },
    PlantedFault("people at a door that nobody scanned at", ["miscounted": 1], told: ["other counts more than before"])
    {
      $0.after.counts["events/e/checkpoints/other"] = Record.Count(inside: 1, admitted: 1)
    },
    PlantedFault(
      "a refusal that is not counted",
      ["miscounted": 1],
      told: ["Lane 1 counts 0 refused for REVOKED; 1 are on record"]
    ) {
      $0.after.counts[$0.venue.doors[0].name]?.refused = ["FORGED": 1]
    },
    PlantedFault(
      "refusals at a door that the attendance has not",
      ["miscounted": 1],
      told: ["Room 2 counts 0 refused for NOT_ADMITTED_HERE; 1 are on record"]
    ) {
      $0.after.counts[$0.venue.doors[3].name] = nil
    },
    PlantedFault(
      "a refusal counted for another reason",
      ["miscounted": 2],
      told: ["counts 1 refused for HELD; 0 are on record", "counts 0 refused for REVOKED; 1 are on record"]
    ) {
      $0.after.counts[$0.venue.doors[0].name]?.refused = ["FORGED": 1, "HELD": 1]
    },
    PlantedFault(
      "a screen that was told one too many",
      ["miscounted": 1],
      told: ["A screen was last told 3 inside and 3 admitted at Lane 1, which counts 2 and 3"]
    ) {
      let door = $0.venue.doors[0].name
      $0.told = [.init(checkpoint: door, view: .init(counts: [door: .init(inside: 3, admitted: 3)]))]
    },
    PlantedFault("a dashboard that was told one too few", ["miscounted": 1], told: ["2 people inside anywhere; 3 are"])
    {
      $0.told = [.init(view: .init(counts: $0.after.counts, peopleInside: 2))]
    },
    PlantedFault("a screen that shows nothing", ["miscounted": 1], told: ["A screen was told nothing of Lane 1"]) {
      $0.told = [.init(checkpoint: $0.venue.doors[0].name)]
    },
    PlantedFault(
      "a dashboard that shows nothing",
      ["miscounted": 1],
      told: ["A dashboard was told nothing of the event"]
    ) {
      $0.told = [.init()]
    },
    PlantedFault(
      "a screen that was told of another door only",
      ["miscounted": 1],
      told: ["A screen was told nothing of Lane 1, which counts 2 inside and 3 admitted"]
    ) {
      let other = $0.venue.doors[1].name
      $0.told = [
        .init(checkpoint: $0.venue.doors[0].name, view: .init(counts: $0.after.counts.filter { $0.key == other }))
      ]
    },
    PlantedFault(
      "a dashboard that lacks a door",
      ["miscounted": 1],
      told: ["A dashboard was told nothing of Room 1, which counts 1 inside and 2 admitted"]
    ) {
      var counts = $0.after.counts
      counts[$0.venue.doors[2].name] = nil
      $0.told = [.init(view: .init(counts: counts, peopleInside: 3))]
    },
    PlantedFault("people inside off by one", ["miscounted": 1], told: ["2 people are counted inside anywhere; 3 are"]) {
      $0.after.peopleInside -= 1
    },
  ]

  private static let offline = [
    PlantedFault(
      "a conflict missing",
      ["double": 1],
      told: [scan(12), "since number 12 too, and no conflict names it"]
    ) {
      $0.after.conflicts = [:]
    },
    PlantedFault("a conflict of before the run gone", ["wrong": 1], told: [scan(900), "for TOO_SOON is gone"]) {
      $0.scanBefore(badge: 5, $0.venue.doors[0].name)
      $0.count(0, inside: 1, admitted: 1)
      $0.after.peopleInside += 1
      $0.before.conflicts[AuditFixture.id(900)] = ["TOO_SOON"]
    },
    PlantedFault(
      "a conflict of before the run changed",
      ["wrong": 1],
      told: [scan(900), "for TOO_SOON is one for FULL now"]
    ) {
      $0.scanBefore(badge: 5, $0.venue.doors[0].name)
      $0.count(0, inside: 1, admitted: 1)
      $0.after.peopleInside += 1
      $0.before.conflicts[AuditFixture.id(900)] = ["TOO_SOON"]
      $0.after.conflicts[AuditFixture.id(900)] = ["FULL"]
    },
    PlantedFault("a conflict that is none", ["wrong": 1], told: [scan(5), "conflict names it for ALREADY_INSIDE"]) {
      $0.after.conflicts[AuditFixture.id(5)] = ["ALREADY_INSIDE"]
    },
    PlantedFault("a conflict of a scan that nobody made", ["wrong": 1], told: [scan(77), "A conflict for FULL"]) {
      $0.after.conflicts[AuditFixture.id(77)] = ["FULL"]
    },
    PlantedFault(
      "ALREADY_INSIDE of a lane without any admission",
      ["wrong": 1],
      told: [scan(14), "ADMITTED was right"]
    ) {
      $0.scan(.badge(5), 1, at: 20, .refused(.alreadyInside), offline: true)
    },
    PlantedFault("FULL of a lane whose room has a place", ["wrong": 1], told: [scan(14), "There is no limit"]) {
      $0.scan(.badge(5), 1, at: 20, .refused(.full), offline: true)
    },
    PlantedFault("a lane that lets one in twice", ["wrong": 1], told: [scan(14), "let the person in as number 13"]) {
      $0.scan(.badge(3), 1, at: 20, .admitted, offline: true)
      $0.after.conflicts[AuditFixture.id(14)] = ["ALREADY_INSIDE"]
    },
    PlantedFault("a revoked badge let in and not named", ["wrong": 1], told: [scan(14), "REVOKED was right"]) {
      $0.scan(.badge(6), 1, at: 20, .admitted, offline: true)
      $0.count(1, inside: 1, admitted: 1)
      $0.after.peopleInside += 1
    },
    PlantedFault("a lane's order turned round", ["wrong": 1], told: [scan(14), "It happened before number 16"]) {
      $0.scan(.badge(5), 1, at: 20, .admitted, offline: true)
      $0.scan(.badge(5), 1, at: 21, .wentOut, isOut: true, offline: true)
      $0.after.scans[14].happened = $0.after.scans[15].happened + .seconds(1)
      $0.count(1, inside: 1, admitted: 1)
      $0.after.peopleInside += 1
    },
    PlantedFault(
      "a lane's answer on record as the server's",
      ["wrong": 1],
      told: [scan(13), "Who answered was the lane"]
    ) {
      $0.after.scans[13].isOffline = false
    },
  ]
}
