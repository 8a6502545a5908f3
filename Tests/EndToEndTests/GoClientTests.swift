import Foundation
import LanyardTesting
import Testing

/// A lane in Go (`Tests/EndToEndTests/go`), with Debian's grpc-go as it comes.
@Suite("A client in Go", .blocking, .serialized)
struct GoClientTests {
  @Test("A Go client that sets nothing scans fifty times a second on one stream for a hundred seconds")
  func paced() throws {
    try scans(["-scans", "5000", "-pace", "20ms"], answered: 5_000)
  }

  @Test("A Go client that sets nothing has as many answers on one stream as it likes")
  func quick() throws {
    // It sends a PING with nearly every answer; reports are answered without the disk, so that many come in a short time.
    try scans(["-scans", "100", "-reports", "1000"], answered: 100)
  }

  private func scans(_ arguments: [String], answered: Int) throws {
    try withClient { client, server, data in
      let token = try String(contentsOf: data.appending(path: "organiser.token"), encoding: .utf8)
      let said = try client.run(
        [
          "-server", "\(server.address)", "-ca", data.appending(path: "certs/authority.pem").path, "-token",
          token.trimmingCharacters(in: .whitespacesAndNewlines), "-checkpoint",
          "events/\(SampleData.forum)/checkpoints/entrance-lane-1",
        ] + arguments
      )
      #expect(said.status == 0, "\(said.output)")
      #expect(said.output.hasPrefix("answered \(answered) "), "\(said.output)")
    }
  }

  @Test("A stranger that sends PINGs which nothing asked for is cut off, and told why")
  func flood() throws {
    try withClient { client, server, data in
      let authority = data.appending(path: "certs/authority.pem").path
      let said = try client.run(["-flood", "-server", "\(server.address)", "-ca", authority])
      #expect(said.status == 0, "\(said.output)")
      #expect(said.output.hasPrefix("ended after "))
      #expect(said.output.contains("ENHANCE_YOUR_CALM: lanyard: more than 200 PINGs in 30 seconds"), "\(said.output)")
    }
  }

  /// The built client.
  private struct Client {
    let path: String
    let folder: URL

    func run(_ arguments: [String]) throws -> LanyardProgram.Result {
      try LanyardProgram.run(arguments, data: folder.appending(path: "none"), program: URL(filePath: path))
    }
  }

  private func withClient(_ body: (Client, LanyardServerProcess, URL) throws -> Void) throws {
    try LanyardServerProcess.withProgramme { folder, data, server in
      try body(Self.build(in: folder), server, data)
    }
  }

  /// Makes the stubs of the contract and builds the client, with nothing from the network.
  private static func build(in folder: URL) throws -> Client {
    let stubs = folder.appending(path: "go/src")
    try FileManager.default.createDirectory(at: stubs, withIntermediateDirectories: true)
    let contract = SampleData.root.appending(path: "proto")
    let generated = try Tool.run(
      "sh",
      "-c",
      #"protoc --go_out="$0" --go-grpc_out="$0" lanyard/v1/*.proto"#,
      stubs.path,
      in: contract
    )
    try #require(generated.status == 0, "the stubs could not be made from proto/; is protoc-gen-go-1-5 installed?")
    let client = folder.appending(path: "go-client").path
    let built = try Tool.run(
      "go",
      "build",
      "-o",
      client,
      ".",
      in: SampleData.root.appending(path: "Tests/EndToEndTests/go"),
      environment: [
        "GO111MODULE": "off", "GOFLAGS": "", "GOPATH": "\(folder.path)/go:/usr/share/gocode",
        "GOCACHE": SampleData.root.appending(path: ".build/go-cache").path,
      ]
    )
    try #require(built.status == 0, "the client could not be built; is golang-google-grpc-dev installed?")
    return Client(path: client, folder: folder)
  }
}
