import Foundation
import LanyardCertificates
import LanyardTesting
import Testing

@Suite("Files that are written beside their place")
struct UnfinishedFileTests {
  @Test("Are one program's at a time, which leaves them to the next however it ends")
  func oneAtATime() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "list.csv.partial").path
      let first = try UnfinishedFile.make(path)
      #expect(write(first, "half", 4) == 4)
      #expect(throws: UnfinishedFile.Fault.taken) { try UnfinishedFile.make(path) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "half")
      close(first)
      // As one that was killed leaves it: the next begins anew.
      let second = try UnfinishedFile.make(path)
      #expect(try Data(contentsOf: URL(filePath: path)).isEmpty)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      close(second)
    }
  }

  @Test("Are no links to files of others, and nothing is made where there is no folder")
  func links() throws {
    try withTemporaryFolder { folder in
      let (other, path) = (folder.appending(path: "other").path, folder.appending(path: "list.partial").path)
      try Data("kept".utf8).write(to: URL(filePath: other))
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
      #expect(throws: UnfinishedFile.Fault.failed(ELOOP)) { try UnfinishedFile.make(path) }
      #expect(try String(contentsOfFile: other, encoding: .utf8) == "kept")
      #expect(throws: UnfinishedFile.Fault.failed(ENOENT)) {
        try UnfinishedFile.make(folder.appending(path: "none/list").path)
      }
    }
  }
}
