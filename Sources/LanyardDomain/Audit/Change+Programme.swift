extension Change {
  /// An event came with a programme.
  package static func created(_ event: Event) -> Change {
    Change(
      .eventCreated,
      of: event.slug,
      to: ResourceName.event(event.slug).description,
      after: EventFact.all(of: event)
    )
  }

  package static func updated(_ event: Event, from before: Event) -> Change {
    Change(
      .eventUpdated,
      of: event.slug,
      to: ResourceName.event(event.slug).description,
      from: EventFact.all(of: before),
      to: EventFact.all(of: event)
    )
  }

  package static func archived(_ event: String, _ isArchived: Bool) -> Change {
    Change(
      .eventArchived,
      of: event,
      to: ResourceName.event(event).description,
      before: ["is_archived": .flag(!isArchived)],
      after: ["is_archived": .flag(isArchived)]
    )
  }

  /// An event is no more; it is on record with the installation, which stays.
  package static func deleted(_ event: Event) -> Change {
    Change(.eventDeleted, of: nil, to: ResourceName.event(event.slug).description, before: EventFact.all(of: event))
  }

  package static func created(_ session: Session, of event: String) -> Change {
    Change(
      .sessionCreated,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      after: SessionFact.all(of: session)
    )
  }

  package static func updated(_ session: Session, from before: Session, of event: String) -> Change {
    Change(
      .sessionUpdated,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      from: SessionFact.all(of: before),
      to: SessionFact.all(of: session)
    )
  }

  /// The programme no longer has a session.
  package static func withdrawn(_ session: Session, of event: String) -> Change {
    Change(
      .sessionWithdrawn,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      before: SessionFact.all(of: session)
    )
  }

  /// The programme has a session again.
  package static func restored(_ session: Session, of event: String) -> Change {
    Change(
      .sessionRestored,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      after: SessionFact.all(of: session)
    )
  }

  /// - Parameter position: Its place among the checkpoints, from 0.
  package static func created(_ checkpoint: Checkpoint, position: Int, of event: String) -> Change {
    Change(
      .checkpointCreated,
      of: event,
      to: ResourceName.checkpoint(checkpoint.id, of: event).description,
      after: CheckpointFact.all(of: (checkpoint, position))
    )
  }

  package static func updated(
    _ checkpoint: Checkpoint,
    position: Int,
    from before: (checkpoint: Checkpoint, position: Int),
    of event: String
  ) -> Change {
    Change(
      .checkpointUpdated,
      of: event,
      to: ResourceName.checkpoint(checkpoint.id, of: event).description,
      from: CheckpointFact.all(of: before),
      to: CheckpointFact.all(of: (checkpoint, position))
    )
  }
}
