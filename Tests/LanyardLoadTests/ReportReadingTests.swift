import Foundation
import LanyardLoad
import Testing

@Suite("Reading reports")
struct ReportReadingTests {
  @Test("Reads back what was written")
  func roundTrip() throws {
    var report = ReportSample.morning(moments: 40)
    (report.audit.misregistered, report.audit.registered, report.audit.unread) = (3, 40, "the server was gone")
    (report.audit.conflicts, report.audit.notCompared) = (["FULL": 2], ["people inside anywhere"])
    report.ends = ["Lane 2: it has ended by itself"]
    let json = try JSONEncoder().encode(report)
    let read = try RunReport(reading: json, named: "report.json")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(try encoder.encode(read) == encoder.encode(report))
  }

  @Test("Says of a file that is not there that it is not, and what to give")
  func absent() {
    let error = #expect(throws: UnreadableReport.self) { _ = try RunReport(file: "/nonexistent/report.json") }
    #expect(error?.description.hasPrefix("/nonexistent/report.json is not there: give a file that ") == true)
  }

  @Test("Prints the names that scripts rely on")
  func names() throws {
    let json = try JSONEncoder().encode(ReportSample.morning(moments: 1))
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(object["verdict"] as? String == "pass")
    #expect(object["operations"] is [String: Any])
    let audit = try #require(object["audit"] as? [String: Any])
    #expect(["lost", "wrong", "double"].allSatisfy { audit[$0] as? Int == 0 })
    let driver = try #require(object["driver"] as? [String: Any])
    #expect(driver["late_p99_ms"] is Double && driver["cpu_share"] is Double)
  }

  @Test("Has no number for what was not measured, and reads what earlier versions called otherwise")
  func unknown() throws {
    var report = ReportSample.morning(moments: 2)
    report.driver.lateP99 = nil
    func object(_ report: RunReport) throws -> [String: Any] {
      try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any])
    }
    func value(_ report: RunReport, _ part: String, _ key: String) throws -> Any? {
      (try object(report)[part] as? [String: Any])?[key]
    }
    #expect(try value(report, "driver", "was_the_limit") is NSNull)
    #expect(try value(report, "audit", "misregistered") is NSNull)
    (report.driver.lateP99, report.audit.registered) = (0.5, 1)
    #expect(try value(report, "driver", "was_the_limit") as? Bool == false)
    #expect(try value(report, "audit", "misregistered") as? Int == 0)
    let moments = try #require(object(report)["moments"] as? [[String: Any]])
    for key in ["server_cpu_share", "driver_cpu_share", "server_memory_bytes", "server_written_bytes"] {
      #expect(moments.allSatisfy { $0[key] != nil }, "\(key)")
    }
    let old = try JSONDecoder().decode(
      RunReport.Moment.self,
      from: Data(#"{"at": 1, "serverCPU": 0.5, "driverCPU": 0.25, "serverMemory": 7, "serverWritten": 9}"#.utf8)
    )
    #expect(old.serverCPU == 0.5 && old.driverCPU == 0.25 && old.serverMemory == 7 && old.serverWritten == 9)
  }

  @Test("Reads an older report that has only what scripts rely on")
  func older() throws {
    let json = """
      {"verdict":"pass","operations":{"check_in":{"count":5,"p99_ms":3}},"audit":{"lost":0,"wrong":0,"double":0},
      "driver":{"late_p99_ms":0.5,"cpu_share":0.1},"moments":[{"at":1,"due":4}],"something_new":1}
      """
    let report = try RunReport(reading: Data(json.utf8), named: "old.json")
    #expect(report.operations["check_in"]?.p99 == 3 && report.operations["check_in"]?.errors.isEmpty == true)
    #expect(report.speed == 1 && report.moments[0].due == 4 && !report.isClosedLoop && report.server == nil)
  }

  @Test(
    "Says what is wrong with a file that is no report, and where",
    arguments: [
      ("hello", "not JSON"), ("{}", "'verdict' is missing"), (#"{"verdict":"maybe"}"#, "'verdict'"),
      (#"{"verdict":"pass","base":"64 lanes","states":[]}"#, "'operations' is missing"),
      (#"{"verdict":"pass","phases":[{"name":7}]}"#, "'phases.0.name'"),
      (#"{"verdict":"pass","lanes":"many"}"#, "'lanes'"),
    ]
  )
  func unreadable(json: String, words: String) throws {
    let error = #expect(throws: UnreadableReport.self) {
      _ = try RunReport(reading: Data(json.utf8), named: "file.json")
    }
    let text = try #require(error).description
    #expect(text.hasPrefix("file.json") && text.contains(words) && text.contains("lanyard loadtest run"), "\(text)")
  }
}
