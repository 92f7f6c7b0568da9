"""上传: facts, their canonical bytes and the chain they hang on."""
