import Foundation
import LanyardTesting
import Testing

@Suite("The cases of decisions", .blocking)
struct DecisionCasesTests {
  @Test("Plain Python reads them, and finds every answer of the contract")
  func python() throws {
    let script = SampleData.root.appending(path: "Tests/EndToEndTests/python/decisions.py").path
    let proto = SampleData.root.appending(path: "proto").path
    let result = try Tool.run("python3", script, proto, in: SampleData.root)
    #expect(result.status == 0 && result.output.hasPrefix("ok "), "\(result.output)")
  }
}
