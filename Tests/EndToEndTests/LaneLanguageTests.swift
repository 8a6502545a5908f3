import Foundation
import LanyardTesting
import Testing

@Suite("The language of a lane", .blocking)
struct LaneLanguageTests {
  @Test("Is kept on the device once it was chosen, and is the same with and without the server", .hangGuard)
  func kept() throws {
    try withTemporaryFolder { try Self.kept(in: $0) }
  }

  private static func kept(in folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 2)
    let device = try venue.enrol("french", at: "Entrance lane 1", through: venue.server.address)
    func scan(_ code: String, _ arguments: [String] = []) throws -> String {
      try LanyardProgram.run(["scan", "--device", device.path] + arguments, data: venue.data, input: code + "\n").output
    }
    let first = try scan(venue.codes[0], ["--language", "fr"])
    #expect(first.contains("Entrance lane 1\u{202F}: ouvert. Scannez un badge.\n"), "\(first)")
    #expect(first.contains("ENTRÉE AUTORISÉE  Person 0"), "\(first)")
    let sentence = "Déjà à l’intérieur\u{202F}: depuis "
    let online = try scan(venue.codes[0])
    #expect(online.contains("ENTRÉE REFUSÉE  \(sentence)") && !online.contains("(hors ligne)"), "\(online)")
    venue.server.kill()
    // A busy machine's lane may not have heard of its own live passage yet; of what it did by itself it has.
    #expect(try scan(venue.codes[0]).contains("(hors ligne)"))
    let offline = try scan(venue.codes[0])
    #expect(offline.contains("ENTRÉE REFUSÉE  \(sentence)") && offline.contains("(hors ligne)"), "\(offline)")
    let waiting = try LanyardProgram.run(["scan", "kept", "--device", device.path], data: venue.data).output
    #expect(waiting.contains("en attente\u{202F}: 2  non pris\u{202F}: 0  pour "), "\(waiting)")
    let again = try LanyardProgram.run(["scan", "enrol", "K7QM-3XRP", "--device", device.path], data: venue.data)
    #expect(again.status == 2 && again.errors.contains("un appareil est déjà rattaché dans"), "\(again.errors)")
    let elsewhere = try LanyardProgram.run(
      ["scan", "--device", device.path, "--checkpoint", "Entrance lane 2"],
      data: venue.data
    )
    #expect(elsewhere.status == 1, "\(elsewhere.errors)")
    #expect(elsewhere.errors.contains("cet appareil ne peut pas scanner à Entrance lane 2"), "\(elsewhere.errors)")
    let alone = try LanyardProgram.run(
      ["scan", "enrol", "K7QM-3XRP", "--device", "\(device.path)-new", "--language", "fr", "--server", "127.0.0.1:1"],
      data: venue.data
    )
    #expect(alone.status == 3, "\(alone.errors)")
    #expect(alone.errors.contains("Le serveur n’est pas joignable\u{202F}: "), "\(alone.errors)")
    let lines = try scan(venue.codes[1] + "\n" + venue.codes[1], ["--language", "es", "--json"]).split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains("\"participant_language\":null"), "\(lines)")
    let told = lines.last.map(String.init) ?? ""
    #expect(told.contains("\"participant_language\":\"fr\""), "\(told)")
    #expect(told.contains("\"participant_message\":\"Votre badge"), "\(told)")
    let english = try scan(venue.codes[0], ["--language", "en"])
    #expect(english.contains("REFUSED  Already inside: since "), "\(english)")
    #expect(try LanyardProgram.run(["scan", "--language", "xx"], data: venue.data).status == 2)
  }
}
