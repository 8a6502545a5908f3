import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Testing

@Suite("What a device says of itself") struct DeviceReportTests {
  @Test("Is what went out when it comes back") func identity() throws {
    for (time, isEnding) in [(nil, true), (Instant(microseconds: 1_780_000_000_123_456), false)] {
      let told = DeviceReport.Told(version: "1.2 会", scansWaiting: 3, deviceTime: time, isEnding: isEnding)
      #expect(try DeviceReport.Told(Lanyard_V1_DeviceReport(told), under: "") == told)
    }
    let many = DeviceReport.Told(version: "", scansWaiting: .max, deviceTime: nil, isEnding: false)
    #expect(Lanyard_V1_DeviceReport(many).scansWaiting == .max)
  }

  @Test("Is overtaken by the report with which its lane ended, where it was made before and comes after")
  func overtaken() {
    func told(_ seconds: Int64, isEnding: Bool) -> DeviceReport.Told {
      DeviceReport.Told(version: "", scansWaiting: 0, deviceTime: Instant(seconds: seconds), isEnding: isEnding)
    }
    let end = told(100, isEnding: true)
    #expect(told(99, isEnding: false).isOvertaken(by: end))
    #expect(!told(101, isEnding: false).isOvertaken(by: end) && !told(99, isEnding: true).isOvertaken(by: end))
    #expect(!told(99, isEnding: false).isOvertaken(by: told(100, isEnding: false)))
    // A clock that was set back since.
    #expect(!told(30, isEnding: false).isOvertaken(by: end))
  }

  @Test("Is refused by the field that is at fault") func faults() {
    let wrong: [(String, Lanyard_V1_DeviceReport)] = [
      ("report.scans_waiting", .with { $0.scansWaiting = -1 }),
      ("report.version", .with { $0.version = String(repeating: "v", count: DeviceReport.versionLimit + 1) }),
      ("report.device_time", .with { $0.deviceTime.nanos = -1 }),
    ]
    for (field, message) in wrong {
      let fault = #expect(throws: InvalidInput.self) { try DeviceReport.Told(message, under: "report.") }
      #expect(fault?.violations.map(\.field) == [field])
    }
  }
}
