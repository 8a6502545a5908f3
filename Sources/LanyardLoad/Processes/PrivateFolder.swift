import Foundation
import Glibc
import Synchronization

/// Folders that only this user can read, each there for the time of one run.
package enum PrivateFolder {
  /// Where a server's data lies in each; a disk of its own may be mounted there.
  static let data = "data"

  private static let made = Mutex<Set<URL>>([])

  /// Makes one, and removes it with all that is in it when the body ends.
  ///
  /// - Throws: `LoadFailure` where it cannot be made, and what the body throws.
  static func with<Value: Sendable>(
    _ prefix: String,
    in place: URL,
    _ body: (URL) async throws -> Value
  ) async throws -> Value {
    let folder = place.appending(path: "\(prefix)-\(UUID().uuidString)")
    do {
      try make(folder)
    } catch {
      let reason = error.localizedDescription.drop { $0 == " " }.split(separator: ".").joined(separator: ".")
      throw LoadFailure(
        "no folder can be made in \(place.path) (\(reason)); name another with --folder",
        .wrongUse
      )
    }
    made.withLock { _ = $0.insert(folder) }
    let broom: ChildProcess
    do {
      broom = try self.broom(for: folder)
    } catch {
      _ = remove(folder)
      throw LoadFailure("cannot start /bin/sh, which takes \(folder.path) away in the end: \(error)")
    }
    defer {
      // Who ends this process meanwhile still has the broom, and so has what cannot be removed yet.
      if remove(folder) { broom.kill() } else { broom.closeInput() }
    }
    return try await body(folder)
  }

  /// A process that takes the folder away, with what is mounted in it, where this one cannot any more: its input ends with
  /// this process, whatever that dies of. It starts no other that would outlive it. What was started for the folder has
  /// its name among its arguments: where that stands still, it does not notice by itself that this process is gone.
  private static func broom(for folder: URL) throws -> ChildProcess {
    // A server in it ends with this process too, and still writes meanwhile.
    let script = """
      trap '' INT TERM HUP QUIT
      read -r _
      for try in 1 2 3 4 5 6 7 8 9 10; do
        for process in /proc/[0-9]*; do
          test "${process#/proc/}" = $$ && continue
          grep -qsF -- "$0" "$process/cmdline" && kill -9 "${process#/proc/}" 2> /dev/null
        done
        umount -l "$0/$1" 2> /dev/null
        rm -rf "$0" 2> /dev/null
        sleep 1
        test -e "$0" || exit 0
      done
      """
    return try ChildProcess(URL(filePath: "/bin/sh"), ["-c", script, folder.path, data])
  }

  /// Makes a folder, and those around it that are not there.
  static func make(_ folder: URL) throws {
    try FileManager.default.createDirectory(
      at: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
  }

  /// Whether what is written to a folder goes to memory only, where no disk counts it.
  ///
  /// - Parameter mounts: What is mounted, as proc_pid_mounts(5) has it; nil to ask the system.
  static func isInMemory(_ folder: URL, mounts: String? = nil) -> Bool {
    // Where the system does not say, what is counted stands.
    guard let mounts = mounts ?? (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) else {
      return false
    }
    let path = folder.resolvingSymlinksInPath().path + "/"
    var (longest, isInMemory) = (0, false)
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2 else { continue }
      let place = fields[1].replacing("\\040", with: " ")
      let root = place.hasSuffix("/") ? place : place + "/"
      // Of what is mounted in one place the last counts.
      guard path.hasPrefix(root), root.utf8.count >= longest else { continue }
      (longest, isInMemory) = (root.utf8.count, ["tmpfs", "ramfs"].contains(fields[2]))
    }
    return isInMemory
  }

  /// Removes all of them at once, for a process that is about to end; what is mounted in them goes first.
  package static func removeAll() {
    for folder in made.withLock({ $0 }) {
      // Where nothing is mounted there is nothing to take away.
      umount2(folder.appending(path: data).path, Int32(MNT_DETACH))
      _ = remove(folder)
    }
  }

  /// Whether it is gone.
  private static func remove(_ folder: URL) -> Bool {
    // What cannot be removed lies in a folder of its own, among the machine's temporary files if nobody said otherwise.
    try? FileManager.default.removeItem(at: folder)
    made.withLock { _ = $0.remove(folder) }
    return access(folder.path, F_OK) != 0
  }
}
