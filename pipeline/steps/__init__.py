"""The stages, one a file, in the order data flows; `pipeline.stages` composes them."""
