import Foundation
import LanyardTesting

/// A message as Python's email package and icalendar read it.
struct ReadMail: Decodable {
  struct Part: Decodable {
    struct Event: Decodable {
      let uid: String
      let summary: String
      let location: String
      let start: String
      let end: String

      enum CodingKeys: String, CodingKey {
        case uid, summary, location
        case start = "DTSTART"
        case end = "DTEND"
      }
    }

    let type: String
    let filename: String?
    let parameters: [String: String]
    let text: String?
    let method: String?
    /// Of each zone, from and to which offset its clocks change, in turn.
    let offsets: [String: [[String]]]?
    let events: [Event]?
    let size: Int?
  }

  let names: [String]
  let subject: String
  let from: [[String]]
  let to: [[String]]
  let replyTo: [[String]]
  let messageID: String
  let date: String
  let auto: String
  let language: String
  let defects: [String]
  let parts: [Part]

  enum CodingKeys: String, CodingKey {
    case names, subject, from, to, date, auto, language, defects, parts
    case replyTo = "reply_to"
    case messageID = "message_id"
  }

  init(_ bytes: [UInt8]) throws {
    let process = Process()
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "python/read_mail.py").path
    process.executableURL = URL(filePath: try Tool.python())
    process.arguments = [script]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    self = try JSONDecoder().decode(ReadMail.self, from: said)
  }
}
