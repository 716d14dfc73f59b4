"""The secretary's handbook: guidance and notes in versions, questions on their way up, search, the book on paper."""
