extension Task where Success == Never, Failure == Never {
  /// Sleeps; a task that is cancelled goes on at once, and its loop looks at that.
  package static func pause(_ duration: Duration) async {
    try? await Task.sleep(for: duration)
  }
}
