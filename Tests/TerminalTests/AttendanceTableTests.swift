import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import lanyard

@Suite("The table of headcounts")
struct AttendanceTableTests {
  @Test(
    "Is no wider than 80 columns in any language, with its head and what is said below it",
    arguments: Language.allCases
  )
  func width(_ language: Language) throws {
    let slug = String(repeating: "m", count: 40)
    let attendance = Lanyard_V1_Attendance.with {
      $0.name = "events/\(slug)/attendance"
      $0.timeZone = "America/Argentina/ComodRivadavia"
      $0.peopleInside = 1_234_567
      $0.checkpoints = [
        .with {
          ($0.checkpoint, $0.displayName) = ("events/\(slug)/checkpoints/a", String(repeating: "入口", count: 40))
          ($0.inside, $0.admitted, $0.capacity, $0.areaInside) = (1_000_000, 1_000_000, 1_000_000, 1_000_000)
          $0.closed = true
        }
      ]
    }
    let phrasebook = Phrasebook.of(language)
    let table = AttendanceTable(try ToldAttendance(attendance))
    let why = Sentence(.callNoAnswerInTime)
    let lost = Sentence(.watchLostSince, ["time": table.readAt, "why": .sentence(why)])
    let framed = AttendanceTable.framed(phrasebook.text(lost))
    #expect(framed.count > 1)
    for line in table.lines(phrasebook) + framed { #expect(TextWidth.columns(of: line) <= 80, "\(line)") }
    let whole = table.shown(phrasebook)
    var screen = WatchScreen(phrasebook)
    (screen.lines, screen.notes) = (whole + whole + whole, framed.map { ShownLine($0) })
    #expect(screen.fitted(to: nil).count == 3 * whole.count + framed.count)
    #expect(screen.fitted(to: 3 * whole.count + framed.count).count == 3 * whole.count + framed.count)
    for rows in [12, 3 * whole.count + framed.count - 1] {
      let fitted = screen.fitted(to: rows)
      #expect(
        fitted.count <= rows && fitted.prefix(2) == whole.prefix(2) && fitted.suffix(framed.count) == screen.notes[...]
      )
      #expect(fitted.contains { $0.style == "7" && $0.text.contains(/[0-9٠-٩]/) }, "\(fitted)")
    }
    // Of a window that is narrower no line goes on in the next row.
    let narrow = screen.fitted(to: 12, columns: 40)
    #expect(narrow.count == screen.fitted(to: 12).count && narrow.allSatisfy { TextWidth.columns(of: $0.text) <= 40 })
    // Nothing of it is cut: it says of when the numbers are.
    let words = phrasebook.text(lost).split(separator: " ")
    #expect(framed.flatMap { $0.split(separator: " ") } == words || language == .chinese)
  }
}
