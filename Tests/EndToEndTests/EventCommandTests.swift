import Foundation
import LanyardTesting
import Testing

@Suite("The programme by hand", .blocking)
struct EventCommandTests {
  private static let forum = SampleData.forum

  /// An event with one room, as a file.
  private static func programme(_ slug: String, room: String, capacity: Int, in folder: URL) throws -> String {
    let file = folder.appending(path: "\(slug).json")
    let text = """
      {"events": [{"slug": "\(slug)", "title": "Day", "start_date": "2024-05-27", "end_date": "2024-05-27",
        "time_zone": "Europe/Zurich", "stakeholder_groups": ["Press"], "entrances": [{"name": "Gate", "capacity": \(capacity)}],
        "rooms": [\(room)], "sessions": []}]}
      """
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test("An import says what it would take back, a slug that is nearly there is asked about, and --force does both")
  func questions() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func run(_ arguments: String...) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      let file = try Self.programme("open-day", room: #"{"name": "Hall"}"#, capacity: 50, in: folder)
      #expect(try run("event", "import", file).status == 0)
      #expect(try run("event", "change", "Gate", "--event", "open-day", "--capacity", "60").status == 0)
      let asked = try run("event", "import", file)
      #expect(asked.status == 1 && asked.output.isEmpty)
      for words in ["--force", "events/open-day/checkpoints/gate: capacity was changed by hand to 60", "says 50"] {
        #expect(asked.errors.contains(words), "\(asked.errors)")
      }
      #expect(try run("event", "import", file, "--force").status == 0)
      #expect(try run("event", "import", file).status == 0)

      let misspelt = try Self.programme("open-dya", room: #"{"name": "Hall"}"#, capacity: 50, in: folder)
      let near = try run("event", "import", misspelt)
      #expect(near.status == 1 && near.errors.contains("events/open-dya: is not there yet"), "\(near.errors)")
      #expect(try run("event", "import", misspelt, "--force").status == 0)

      // Two events have one room by now; the one that is archived is meant by nobody who does not name it.
      #expect(try run("event", "change", "Hall", "--close").status == 1)
      // It is on today, and nobody can be asked.
      let running = try run("event", "archive", "open-dya")
      #expect(running.status == 2 && running.errors.contains("--yes"), "\(running.errors)")
      #expect(try run("event", "list").output.contains("open-dya"))
      #expect(try run("event", "archive", "open-dya", "--yes").output.contains("archived open-dya"))
      #expect(try run("event", "change", "Hall", "--close").status == 0)
      #expect(try !run("event", "list").output.contains("open-dya"))
      let archived = try run("event", "list", "--archived").output.split(separator: "\n")
      #expect(archived.filter { $0.hasSuffix("  archived") }.map { $0.hasPrefix("open-dya") } == [true], "\(archived)")
      #expect(try run("event", "archive", "open-dya", "--undo").status == 0)
      #expect(try run("event", "list").output.contains("open-dya"))

      #expect(try run("event", "delete", "open-dya").status == 2)
      #expect(try run("event", "delete", "open-dya", "--yes").output == "deleted open-dya\n")
      #expect(try run("event", "delete", "open-dya", "--yes").status == 1)
      #expect(try !run("event", "list", "--archived").output.contains("open-dya"))
      let people = folder.appending(path: "people.csv")
      try Data("email,stakeholder_group,participation,given_name\na@b.org,Press,ONSITE,A\n".utf8).write(to: people)
      #expect(try run("registrations", "import", people.path, "--event", "open-day").status == 0)
      let used = try run("event", "delete", "open-day", "--yes")
      #expect(used.status == 1 && used.errors.contains("registrations 1"), "\(used.errors)")
    }
  }

  @Test("A room that gets another name keeps its checkpoint where the file says its id")
  func renamedRoom() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func places() throws -> [String: String] {
        let listed = try LanyardProgram.run(["event", "checkpoints", "--event", "open-day", "--json"], data: data)
          .json()
        let pairs = listed.compactMap { place in
          (place["name"] as? String).flatMap { name in (place["displayName"] as? String).map { (name, $0) } }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
      }
      let first = try Self.programme("open-day", room: #"{"name": "Room C"}"#, capacity: 50, in: folder)
      #expect(try LanyardProgram.run(["event", "import", first], data: data).status == 0)
      #expect(try places()["events/open-day/checkpoints/room-c"] == "Room C")
      let room = #"{"name": "Salle Ada Lovelace", "id": "room-c"}"#
      let second = try Self.programme("open-day", room: room, capacity: 50, in: folder)
      #expect(try LanyardProgram.run(["event", "import", second], data: data).status == 0)
      let after = try places()
      #expect(after["events/open-day/checkpoints/room-c"] == "Salle Ada Lovelace" && after.count == 2)
    }
  }
}
