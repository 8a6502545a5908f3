import Foundation
import LanyardTesting
import Testing

@Suite("A client in another language", .blocking)
struct PythonClientTests {
  @Test("Python's grpcio registers, draws, scans and reads attendance over TLS")
  func python() throws {
    try LanyardServerProcess.withProgramme { folder, data, server in
      let token = try String(contentsOf: data.appending(path: "organiser.token"), encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      let create = ["admin", "token", "create", "--role", "desk", "--event", SampleData.forum, "--json"]
      let bound = try #require(try LanyardProgram.run(create, data: data).json().first?["token"] as? String)
      let result = try Tool.run(
        try Self.interpreter(),
        SampleData.root.appending(path: "Tests/EndToEndTests/python/client.py").path,
        "--server",
        "\(server.address)",
        "--ca",
        data.appending(path: "certs/authority.pem").path,
        "--token",
        token,
        "--bound-token",
        bound,
        "--event",
        SampleData.forum,
        in: folder
      )
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("ok "))
    }
  }

  /// Python with grpcio: from the environment, else from a virtual environment that is made here.
  private static func interpreter() throws -> String {
    if let python = ProcessInfo.processInfo.environment["LANYARD_TEST_PYTHON"], !python.isEmpty { return python }
    let venv = SampleData.root.appending(path: ".build/tools-venv")
    let python = venv.appending(path: "bin/python").path
    if !FileManager.default.fileExists(atPath: python) {
      _ = try Tool.run("python3", "-m", "venv", venv.path, in: SampleData.root)
    }
    let requirements = SampleData.root.appending(path: "tools/python-requirements.txt").path
    let installed = try Tool.run(python, "-m", "pip", "install", "-q", "-r", requirements, in: SampleData.root)
    #expect(installed.status == 0)
    return python
  }
}
